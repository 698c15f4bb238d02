// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.trace;

import java.util.Optional;
import org.ippan.network.api.MessageId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells what became of a message here, as long as its body is in the cache (60 s by default). Nothing is recorded for
 * it. Safe for any thread; nothing blocks.
 */
@ProviderType
public interface MessageTracer {

    /**
     * Looks a message up.
     *
     * @param id of the message
     * @return what is known of it; empty if it never came, was ignored, or has left the cache
     */
    Optional<MessageTrace> trace(MessageId id);
}
