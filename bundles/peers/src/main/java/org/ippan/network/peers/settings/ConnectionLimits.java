// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import org.ippan.network.api.address.NetSet;

/**
 * How many connections are taken. Peers that are configured count against none of these.
 *
 * @param connections in all
 * @param inbound opened by peers
 * @param perAddress with one host: an IPv4 address, or an IPv6 /64
 * @param perSubnet with one network: an IPv4 /24, or an IPv6 /48
 * @param exempt networks whose hosts and subnets are not counted
 */
public record ConnectionLimits(int connections, int inbound, int perAddress, int perSubnet, NetSet exempt) {
}
