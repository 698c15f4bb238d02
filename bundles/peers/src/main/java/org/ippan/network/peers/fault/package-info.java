// SPDX-License-Identifier: Apache-2.0
/**
 * Faults on purpose: messages of a link that are lost or held, as a service of faults decides. Sessions put it between
 * a link and the receiver of its messages while there is such a service. It runs on the I/O thread of the link unless
 * a class says otherwise.
 */
package org.ippan.network.peers.fault;
