// SPDX-License-Identifier: Apache-2.0
/**
 * Gossip as a service: the component, its threads, and the core that puts the parts together and gives them links and
 * time. The container calls the component, applications and the peers service what it registers, and simulations the
 * core. Any thread may call; frames come on the I/O thread of their link, and what repairs and throttles is handed to
 * the relay's one thread.
 */
package org.ippan.network.gossip;
