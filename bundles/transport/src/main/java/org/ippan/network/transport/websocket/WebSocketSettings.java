// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.PrivateFiles;

/**
 * What connections inside WebSocket may rely on.
 *
 * @param enabled whether there are any
 * @param listen where they are accepted; empty if they are only dialled
 * @param path asked for by peers
 * @param certificate shown to clients; empty for plain HTTP
 * @param trustedProxies whose word on where a peer is counts
 * @param trust which servers are believed
 * @param proxy asked to connect
 * @param direct what is dialled without it
 * @param pingSeconds without traffic, until a ping
 */
public record WebSocketSettings(boolean enabled, Optional<ListenAddress> listen, String path,
        Optional<OuterTls> certificate, NetSet trustedProxies, OuterTls trust, Optional<Proxy> proxy, Direct direct,
        int pingSeconds) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(WebSocketConfig.PID, WebSocketConfig.class);

    /** What runs before anything is configured, and where nothing is. */
    public static final WebSocketSettings OFF = new WebSocketSettings(false, Optional.empty(), "", Optional.empty(),
            new NetSet(List.of()), OuterTls.trustingAny(), Optional.empty(),
            new Direct(new NetSet(List.of()), List.of()), 1);

    static final String WS = "ws";
    static final String WSS = "wss";
    static final String DEFAULT_PATH = "/ippan";

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,127}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");
    private static final String DIRECT_RULE = "networks like 10.0.0.0/8 and names of hosts or domains";
    private static final int MOST_PROXIES = 64;
    /** What stands in place of a file. */
    private static final Set<String> NO_FILES = Set.of("", "any", "system");

    /**
     * A proxy.
     *
     * @param address of its socket
     * @param credentials for its header, ready to be sent
     */
    public record Proxy(PeerAddress address, Optional<String> credentials) {

        /** Without the credentials. */
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * What is reached without the proxy.
     *
     * @param networks of IP addresses
     * @param names of hosts and domains
     */
    public record Direct(NetSet networks, List<String> names) {

        boolean reaches(String host) {
            return NetSet.address(host).filter(networks::contains).isPresent()
                    || names.stream().anyMatch(name -> host.equalsIgnoreCase(name) || host.length() > name.length()
                    && host.regionMatches(true, host.length() - name.length() - 1, '.' + name, 0, name.length() + 1));
        }
    }

    /** Schemes of addresses that are dialled here. */
    public Set<String> schemes() {
        return enabled ? Set.of(WS, WSS) : Set.of();
    }

    /** What peers call a socket that this node listens at. */
    public PeerAddress named(PeerAddress socket) {
        return new PeerAddress(certificate.isPresent() ? WSS : WS, socket.host(), socket.port(),
                path.equals(DEFAULT_PATH) ? "" : path);
    }

    /** When the certificate ends that clients are shown, in milliseconds since 1970; 0 if they are shown none. */
    public long certificateEndsMillis() {
        return enabled && listen.isPresent() ? certificate.map(OuterTls::endsMillis).orElse(0L) : 0;
    }

    /** The proxy that has to be asked to reach an address. */
    Optional<Proxy> proxyTo(PeerAddress address) {
        return proxy.filter(any -> !direct.reaches(address.host()));
    }

    /** Whether only this machine comes in; where a proxy is trusted, the world does. */
    public boolean loopback() {
        return !enabled || listen.isEmpty() || listen.get().loopback() && trustedProxies.prefixes().isEmpty();
    }

    /** The files that a configuration names, whatever is wrong with them. */
    public static List<String> files(Map<String, ?> raw) {
        return Stream.of("certificate", "privateKey", "outerTrust").map(raw::get).filter(String.class::isInstance)
                .map(String.class::cast).map(String::trim).filter(file -> !NO_FILES.contains(file)).toList();
    }

    /** The settings for these values; where one is refused, a harmless one takes its place. */
    public static WebSocketSettings of(SettingValues values) {
        String path = values.getString("path");
        if (!PATH.matcher(path).matches()) {
            values.refuse("path", "a slash and at most 127 letters, digits and . _ ~ / -");
        }
        WebSocketSettings settings = new WebSocketSettings(values.getBoolean("enabled"), listen(values), path,
                certificate(values), trustedProxies(values), trust(values), proxy(values), direct(values),
                values.getInt("pingSeconds"));
        values.need("proxyPassword", "proxyUser");
        values.need("proxyUser", "proxy");
        values.need("trustedProxies", "listenAddress");
        values.need("certificate", "listenAddress");
        return settings;
    }

    private static Optional<ListenAddress> listen(SettingValues values) {
        String text = values.getString("listenAddress");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(ListenAddress.parse(text));
        } catch (IllegalArgumentException e) {
            values.refuse("listenAddress", ListenAddress.RULE + ", or empty");
            return Optional.empty();
        }
    }

    private static Optional<OuterTls> certificate(SettingValues values) {
        String certificate = values.getString("certificate");
        String key = values.getString("privateKey");
        if (certificate.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            values.refuse(certificate.isEmpty() ? "certificate" : "privateKey",
                    "set where " + (certificate.isEmpty() ? "privateKey" : "certificate") + " is set");
            return Optional.empty();
        }
        adviseOfReaders(values, key);
        return read(values, "certificate", "a PEM file with the certificate and those that certify it",
                PemFile::certificates).flatMap(chain -> read(values, "privateKey",
                "a PEM file with the private key of certificate, PKCS #8 without a password",
                file -> OuterTls.showing(chain, PemFile.privateKey(file))));
    }

    /** The key itself, where the name is a link: tools that renew certificates make these. */
    private static void adviseOfReaders(SettingValues values, String key) {
        try {
            Path file = Path.of(key).toRealPath();
            if (Files.isRegularFile(file)) {
                PrivateFiles.exposed(file).forEach(open -> values.advise("privateKey", open, "run chmod 600 " + file
                        + ", and replace the key if it may have been read"));
            }
        } catch (InvalidPathException | IOException e) {
            return; // To read it fails too, and says why.
        }
    }

    /** What is made of a file. */
    private interface Reader<T> {

        T read(Path file) throws GeneralSecurityException, IOException;
    }

    private static <T> Optional<T> read(SettingValues values, String key, String rule, Reader<T> reader) {
        String why;
        try {
            return Optional.of(reader.read(Path.of(values.getString(key))));
        } catch (InvalidPathException e) {
            why = "the system has no such paths";
        } catch (GeneralSecurityException | IOException e) {
            why = FileErrors.words(e);
        }
        values.refuse(key, rule, "correct the path or the file: " + why);
        return Optional.empty();
    }

    private static NetSet trustedProxies(SettingValues values) {
        List<String> networks = values.getList("trustedProxies");
        if (networks.size() > MOST_PROXIES) {
            values.refuse("trustedProxies", "at most " + MOST_PROXIES + " networks", "combine them to larger ones");
        }
        if (networks.stream().anyMatch(network -> network.endsWith("/0"))) {
            values.advise("trustedProxies", "every client may say where it comes from, and no limit or block holds"
                    + " for it", "name the addresses of the reverse proxies alone");
        }
        return networks(values, "trustedProxies", "networks like 127.0.0.1/32 or fc00::/7", networks);
    }

    private static NetSet networks(SettingValues values, String key, String rule, List<String> networks) {
        try {
            return NetSet.parse(networks);
        } catch (IllegalArgumentException e) {
            values.refuse(key, rule, "a single address has /32 behind it, or /128 with IPv6");
            return OFF.trustedProxies();
        }
    }

    private static OuterTls trust(SettingValues values) {
        String text = values.getString("outerTrust");
        return switch (text) {
            case "any" -> OuterTls.trustingAny();
            case "system" -> OuterTls.trustingSystem();
            default -> read(values, "outerTrust", "any, system, or a PEM file with certificates",
                    file -> OuterTls.trusting(PemFile.certificates(file))).orElse(OFF.trust());
        };
    }

    private static Optional<Proxy> proxy(SettingValues values) {
        String text = values.getString("proxy");
        String user = values.getString("proxyUser");
        if (user.indexOf(':') >= 0) {
            values.refuse("proxyUser", "a name without a colon", "the password goes into proxyPassword");
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            PeerAddress address = PeerAddress.parse(text);
            if (!address.scheme().equals("http") || address.port() == 0 || address.path().length() > 1
                    || !isHost(address.host())) {
                throw new IllegalArgumentException("no proxy");
            }
            return Optional.of(new Proxy(PeerAddress.tcp(address.host(), address.port()),
                    basic(user, values.getString("proxyPassword"))));
        } catch (IllegalArgumentException e) {
            values.refuse("proxy", "http://host:port, or empty", "user and password go into proxyUser and"
                    + " proxyPassword; a proxy is reached without TLS");
            return Optional.empty();
        }
    }

    private static Optional<String> basic(String user, String password) {
        return user.isEmpty() ? Optional.empty() : Optional.of("Basic " + Base64.getEncoder()
                .encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isHost(String text) {
        return NetSet.address(text).isPresent() || NAME.matcher(text).matches();
    }

    private static Direct direct(SettingValues values) {
        List<String> networks = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String each : values.getList("noProxy")) {
            (each.indexOf('/') < 0 ? names : networks).add(each);
        }
        if (!names.stream().allMatch(WebSocketSettings::isHost)) {
            values.refuse("noProxy", DIRECT_RULE, "example.org stands for all that ends with .example.org; leave out"
                    + " ports and asterisks");
        }
        return new Direct(networks(values, "noProxy", DIRECT_RULE, networks), List.copyOf(names));
    }
}
