// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.settings;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/**
 * What the keeper of mappings may rely on.
 *
 * @param enabled whether the router is asked for anything
 * @param protocols to be tried, in this order
 * @param gateway inner address of the router, if it is configured
 * @param ports to be mapped; empty for those the node listens on
 * @param leaseSeconds asked for
 * @param timeoutSeconds for one request
 */
public record NatSettings(boolean enabled, List<String> protocols, Optional<InetAddress> gateway, List<Integer> ports,
        int leaseSeconds, int timeoutSeconds) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(NatConfig.PID, NatConfig.class);

    private static final List<String> KNOWN = List.of("pcp", "nat-pmp", "upnp");
    private static final int MAX_PORTS = 8;
    private static final int LAST_PORT = 65_535;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern IP = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    /** The settings for these values; where one is refused, none takes its place. */
    public static NatSettings of(SettingValues values) {
        List<String> protocols = values.getList("protocols");
        if (!KNOWN.containsAll(protocols) || protocols.stream().distinct().count() != protocols.size()
                || protocols.isEmpty()) {
            values.refuse("protocols", "one or more of pcp, nat-pmp, upnp, each once");
        }
        List<String> ports = values.getList("ports");
        boolean good = ports.size() <= MAX_PORTS && ports.stream().allMatch(NatSettings::isPort);
        if (!good) {
            values.refuse("ports", "at most 8 whole numbers from 1 to 65535");
        }
        return new NatSettings(values.getBoolean("enabled"), protocols, gateway(values),
                good ? ports.stream().map(Integer::valueOf).distinct().toList() : List.of(),
                values.getInt("leaseSeconds"), values.getInt("timeoutSeconds"));
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= LAST_PORT;
    }

    private static Optional<InetAddress> gateway(SettingValues values) {
        String text = values.getString("gateway");
        Optional<InetAddress> gateway = IP.matcher(text).matches() ? NetSet.address(text) : Optional.empty();
        if (gateway.isEmpty() && !text.isEmpty()) {
            values.refuse("gateway", "an IP address, or left out");
        }
        return gateway;
    }
}
