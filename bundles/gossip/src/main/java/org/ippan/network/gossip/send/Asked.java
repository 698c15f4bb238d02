// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import org.ippan.network.gossip.log.Segment;

/** An entry a peer asked for: its segment is held until it is served. */
record Asked(Segment segment, int entry, int bytes) {
}
