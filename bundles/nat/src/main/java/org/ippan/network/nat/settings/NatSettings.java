// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.settings;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * @param schemes that peers use at some of these ports
 * @param leaseSeconds asked for
 * @param timeoutSeconds for one request
 */
public record NatSettings(boolean enabled, List<String> protocols, Optional<InetAddress> gateway, List<Integer> ports,
        Map<Integer, String> schemes, int leaseSeconds, int timeoutSeconds) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(NatConfig.PID, NatConfig.class);

    private static final List<String> KNOWN = List.of("pcp", "nat-pmp", "upnp");
    private static final int MAX_PORTS = 8;
    private static final int LAST_PORT = 65_535;
    private static final Pattern PORT = Pattern.compile("(?:(tcp|wss):)?([0-9]{1,5})");
    private static final Pattern IP = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    /** The settings for these values; where one is refused, none takes its place. */
    public static NatSettings of(SettingValues values) {
        List<String> protocols = values.getList("protocols");
        if (!KNOWN.containsAll(protocols) || protocols.stream().distinct().count() != protocols.size()
                || protocols.isEmpty()) {
            values.refuse("protocols", "one or more of pcp, nat-pmp, upnp, each once");
        }
        Map<Integer, String> ports = ports(values);
        return new NatSettings(values.getBoolean("enabled"), protocols, gateway(values), List.copyOf(ports.keySet()),
                schemes(ports), values.getInt("leaseSeconds"), values.getInt("timeoutSeconds"));
    }

    /** The same, but no router is asked for anything. */
    public NatSettings off() {
        return new NatSettings(false, protocols, gateway, ports, schemes, leaseSeconds, timeoutSeconds);
    }

    /** In their order, with their schemes; an empty one where none is named. None if one is refused. */
    private static Map<Integer, String> ports(SettingValues values) {
        Map<Integer, String> ports = new LinkedHashMap<>();
        List<String> texts = values.getList("ports");
        for (String text : texts) {
            Matcher port = PORT.matcher(text);
            int number = port.matches() ? Integer.parseInt(port.group(2)) : 0;
            String scheme = number == 0 || port.group(1) == null ? "" : port.group(1);
            if (texts.size() > MAX_PORTS || number == 0 || number > LAST_PORT
                    || !ports.getOrDefault(number, scheme).equals(scheme)) {
                values.refuse("ports", "at most 8 whole numbers from 1 to 65535, each alone or behind one scheme:"
                        + " 9700, tcp:9700, wss:443");
                return Map.of();
            }
            ports.put(number, scheme);
        }
        return ports;
    }

    private static Map<Integer, String> schemes(Map<Integer, String> ports) {
        return ports.entrySet().stream().filter(port -> !port.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
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
