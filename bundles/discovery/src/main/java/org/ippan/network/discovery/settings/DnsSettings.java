// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.discovery.search.Rules;

/**
 * What the search in DNS may rely on.
 *
 * @param names services like {@code _ippan._tcp.example.org}, and hosts with ports
 * @param servers to be asked; empty for those of the system
 * @param refreshSeconds longest time between two searches
 * @param timeoutSeconds of one question to one server
 * @param rules which addresses may be told
 */
public record DnsSettings(List<String> names, List<InetSocketAddress> servers, int refreshSeconds, int timeoutSeconds,
        Rules rules) implements SourceSettings {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(DnsConfig.PID, DnsConfig.class);

    private static final int MAX_NAMES = 16;
    private static final int MAX_SERVERS = 4;
    private static final int DNS_PORT = 53;
    private static final int MAX_NAME = 253;
    private static final Pattern SERVICE = Pattern.compile("_ippan(-wss)?\\._tcp(\\.[a-z0-9_-]{1,63})+\\.?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final Pattern DIGITS = Pattern.compile("[0-9.]+");
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** The settings for these values; where one is refused, none takes its place. */
    public static DnsSettings of(SettingValues values) {
        List<String> names = values.getList("names");
        if (names.size() > MAX_NAMES || !names.stream().allMatch(name -> isService(name) || isHost(name))) {
            values.refuse("names", "at most 16 names like _ippan._tcp.example.org, _ippan-wss._tcp.example.org or"
                    + " host.example.org:9700");
            names = List.of();
        }
        List<InetSocketAddress> servers = List.of();
        try {
            servers = values.getList("servers").stream().map(DnsSettings::server).toList();
        } catch (IllegalArgumentException e) {
            values.refuse("servers", "IP addresses like 192.0.2.53, 127.0.0.1:5353 or [2001:db8::53]:53");
        }
        if (servers.size() > MAX_SERVERS) {
            values.refuse("servers", "at most 4 IP addresses");
        }
        values.need("servers", "names");
        return new DnsSettings(names, servers, values.getInt("refreshSeconds"), values.getInt("timeoutSeconds"),
                SourceSettings.rules(values));
    }

    /** Whether a name is that of a service, and not of a host. */
    public static boolean isService(String name) {
        return name.length() <= MAX_NAME && SERVICE.matcher(name).matches();
    }

    /** Whether a name can be that of a host: letters, digits, dashes and underscores. */
    public static boolean isHostName(String name) {
        return HOST.matcher(name).matches();
    }

    private static boolean isHost(String name) {
        try {
            PeerAddress host = PeerAddress.parse(name);
            return host.scheme().equals(PeerAddress.TCP) && host.path().isEmpty() && host.port() > 0
                    && host.host().length() <= MAX_NAME && isHostName(host.host())
                    && !DIGITS.matcher(host.host()).matches();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What is thrown is replaced by the rule of the setting. */
    private static InetSocketAddress server(String text) {
        boolean bare = V4.matcher(text).matches() || V6.matcher(text).matches();
        PeerAddress server = bare ? PeerAddress.tcp(text, DNS_PORT) : PeerAddress.parse(text);
        if (!V4.matcher(server.host()).matches() && !V6.matcher(server.host()).matches() || server.port() == 0) {
            throw new IllegalArgumentException(text);
        }
        return new InetSocketAddress(NetSet.address(server.host()).orElseThrow(() ->
                new IllegalArgumentException(text)), server.port());
    }

    @Override
    public boolean enabled() {
        return !names.isEmpty();
    }
}
