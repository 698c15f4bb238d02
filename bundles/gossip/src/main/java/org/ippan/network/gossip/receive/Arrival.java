// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageHeader;

/** A message that has just come by a link; used again for others. Confined to the thread that takes it in. */
final class Arrival {

    final MessageHeader header = new MessageHeader();
    final IdKey id = new IdKey();
    /** Its body from position to limit. */
    ByteBuffer body;
}
