// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.ResolverConfig;

/** The name servers of the operating system, asked for anew each time. Safe for any thread. */
public final class SystemServers {

    private SystemServers() {
    }

    /** In the order in which the system asks them. */
    public static List<InetSocketAddress> get() {
        ResolverConfig.refresh();
        return List.copyOf(ResolverConfig.getCurrentConfig().servers());
    }
}
