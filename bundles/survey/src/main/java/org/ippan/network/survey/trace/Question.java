// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;

/**
 * A question after a message.
 *
 * @param asker whose key signed it
 * @param number tells its questions apart
 * @param message the question is after
 */
record Question(PeerId asker, long number, MessageId message) implements Asking {

    Key key() {
        return new Key(asker.word0(), number);
    }

    /**
     * What answers call a question.
     *
     * @param asker first 8 bytes of the id
     * @param number tells its questions apart
     */
    record Key(long asker, long number) {
    }
}
