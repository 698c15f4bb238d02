// SPDX-License-Identifier: Apache-2.0
/**
 * Has a router pass connections on to this node, and tells peers where. The container calls the component; the peers
 * bundle asks it for addresses. Everything that waits runs on one thread of its own.
 */
package org.ippan.network.nat;
