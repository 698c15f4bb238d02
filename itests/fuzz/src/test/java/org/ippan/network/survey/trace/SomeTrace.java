// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import java.util.List;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.survey.NodeTrace.Fate;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.TestIdentity;

/** Questions after messages and answers, for bytes that may be none. */
public final class SomeTrace {

    private static final TestIdentity ALICE = TestIdentity.of(1);
    private static final byte[] TAG = new byte[16];

    private SomeTrace() {
    }

    /** Reads either. */
    public static void read(byte[] bytes) throws ProtocolException {
        if (TraceFormat.read(bytes).isEmpty()) {
            throw new ProtocolException("neither a question nor an answer");
        }
        TraceFormat.isGenuine(bytes, TAG);
    }

    /** One of each. */
    public static List<byte[]> seeds() {
        Question question = new Question(ALICE.id(), 5, Peers.messageId(3));
        return List.of(TraceFormat.write(question, ALICE, TAG), TraceFormat.write(new Answer(ALICE.id(),
                question.key(), new Told(Fate.DELIVERED, true, 9, 3, 70_000, 2, 5, List.of("a.Ledger", "b.Archive"))),
                ALICE, TAG));
    }
}
