// SPDX-License-Identifier: Apache-2.0
/**
 * Listeners, validators and the queue of each listener. The parts that receive hand messages in, and the component
 * brings and takes the listeners. Any thread may call; a listener is called by one thread at a time, from the pool for
 * callbacks.
 */
package org.ippan.network.gossip.deliver;
