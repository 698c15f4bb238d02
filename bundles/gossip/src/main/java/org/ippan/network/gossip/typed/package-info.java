// SPDX-License-Identifier: Apache-2.0
/**
 * Objects as payloads: the formats that applications register, and the listeners that get objects. The container brings
 * and takes both, and each listener becomes one of gossip's while there is a format for its type. Any thread may ask
 * for a format; a listener is called on the threads for listeners.
 */
package org.ippan.network.gossip.typed;
