// SPDX-License-Identifier: Apache-2.0
/**
 * The JMX connector of a node, for clients on this machine: which users may connect, and what each role may do. The
 * command {@code run} opens it, and the demo asks it for addresses. Clients are served on threads of RMI.
 */
package org.ippan.network.node.jmx;
