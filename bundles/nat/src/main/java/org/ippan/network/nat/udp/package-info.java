// SPDX-License-Identifier: Apache-2.0
/**
 * The two protocols of one UDP packet each way: NAT-PMP (RFC 6886) and PCP (RFC 6887). The keeper of mappings calls
 * them. They run on its thread, which waits for the answers.
 */
package org.ippan.network.nat.udp;
