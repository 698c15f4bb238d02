// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.settings.Secrets;
import org.ippan.network.api.settings.SettingError;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.Seed;
import org.ippan.network.peers.address.ToldAddress;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.peers.wire.Hello;

/**
 * What the peers bundle may rely on.
 *
 * @param network tag and keys of the network
 * @param allowlist whether only {@code allow} may connect
 * @param allow who may connect then
 * @param seeds peers always dialled
 * @param outboundTarget connections this node keeps up by dialling
 * @param limits how many connections are taken
 * @param failures what handshakes that fail cost an address
 * @param backoffMinNanos first wait after a failed dial
 * @param backoffMaxNanos longest wait
 * @param exchange whether addresses are asked for and told
 * @param advertise addresses told as this node's own, empty for those it listens at
 * @param maxBook addresses remembered
 * @param agent what this node calls itself
 */
public record PeersSettings(Network network, boolean allowlist, Set<PeerId> allow, List<Seed> seeds, int outboundTarget,
        ConnectionLimits limits, Failures failures, long backoffMinNanos, long backoffMaxNanos, boolean exchange,
        List<PeerAddress> advertise, int maxBook, String agent) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(PeersConfig.PID, PeersConfig.class);

    private static final String ADVERTISE_RULE = "at most 4 addresses like host:port or wss://host:port/path that peers"
            + " can dial, each at most 64 characters with its scheme, the port not 0";

    /** Longest name of a network. */
    private static final int MAX_NAME = 100;

    /** Why a node with a list does not serve in plaintext. */
    public static final String LIST_NEEDS_TLS = "mode = allowlist needs tls=true in org.ippan.network.transport, as in"
            + " plaintext the id of a peer is only claimed";

    /** Tag and keys; a key is null where there is none. */
    public record Network(byte[] tag, byte[] key, byte[] secondKey) {
    }

    public PeersSettings {
        if (backoffMinNanos > backoffMaxNanos) {
            throw SettingError.across("backoffMinSeconds", TimeUnit.NANOSECONDS.toSeconds(backoffMinNanos),
                    "at most backoffMaxSeconds, which is " + TimeUnit.NANOSECONDS.toSeconds(backoffMaxNanos),
                    "backoffMaxSeconds");
        }
    }

    /** The settings for these values, as strict as a node has to be that other machines reach. */
    public static PeersSettings of(SettingValues values) {
        return of(values, Exposure.OTHER_MACHINES);
    }

    static PeersSettings of(SettingValues values, Exposure exposure) {
        String mode = values.getString("mode");
        if (!mode.equals("open") && !mode.equals("allowlist")) {
            values.refuse("mode", "one of open, allowlist");
        }
        String agent = values.getString("agent");
        if (agent.length() > Hello.MAX_AGENT || agent.chars().anyMatch(c -> c < 0x20 || c > 0x7E)) {
            values.refuse("agent", "at most 64 printable ASCII characters");
            agent = "";
        }
        if (mode.equals("allowlist") && values.getList("allow").isEmpty()) {
            values.advise("allow", "the mode is allowlist and the list is empty, so no peer can connect",
                    "add the ids of the peers, or set mode=open");
        } else if (mode.equals("open") && !values.getList("allow").isEmpty()) {
            values.advise("allow", "the mode is open, so others than those of the list connect too",
                    "set mode=allowlist, or leave allow out");
        }
        return new PeersSettings(
                new Network(HandshakeCodec.networkTag(networkId(values)),
                        HandshakeCodec.networkKey(NetworkSecret.read(values, exposure)),
                        HandshakeCodec.networkKey(NetworkSecret.readSecond(values, exposure))),
                mode.equals("allowlist"),
                list(values, "allow", "peer ids of 64 hex digits", PeerId::parse).stream()
                        .collect(Collectors.toUnmodifiableSet()),
                list(values, "seeds", Seed.RULE, text -> Seed.parse(text, "")),
                values.getInt("outboundTarget"), limits(values),
                new Failures(values.getInt("failuresPerMinute"),
                        TimeUnit.SECONDS.toNanos(values.getInt("failureBlockSeconds"))),
                TimeUnit.SECONDS.toNanos(values.getInt("backoffMinSeconds")),
                TimeUnit.SECONDS.toNanos(values.getInt("backoffMaxSeconds")), values.getBoolean("exchange"),
                advertise(values), values.getInt("maxBook"), agent);
    }

    /** An empty name, as of a variable that was not set, would be that of a network of its own. */
    private static String networkId(SettingValues values) {
        String name = values.getString("networkId");
        boolean placeholder = Secrets.isPlaceholder(name);
        if (placeholder || name.isEmpty() || name.length() > MAX_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            values.refuse("networkId", "1 to " + MAX_NAME + " characters without control characters",
                    placeholder ? "it is a placeholder, whose variable is not set"
                            : "leave the key out for the network that is called default");
        }
        return name;
    }

    private static List<PeerAddress> advertise(SettingValues values) {
        List<PeerAddress> addresses = list(values, "advertise", ADVERTISE_RULE, PeerAddress::parse);
        if (addresses.size() > AddressRecord.MAX_ADDRESSES || !addresses.stream().allMatch(ToldAddress::canBeTold)) {
            values.refuse("advertise", ADVERTISE_RULE);
            return List.of();
        }
        return addresses;
    }

    private static ConnectionLimits limits(SettingValues values) {
        NetSet exempt = new NetSet(List.of());
        try {
            exempt = NetSet.parse(values.getList("exemptNets"));
        } catch (IllegalArgumentException e) {
            values.refuse("exemptNets", "networks like 10.0.0.0/8 or fc00::/7");
        }
        return new ConnectionLimits(values.getInt("maxConnections"), values.getInt("maxInbound"),
                values.getInt("maxPerAddress"),
                values.getInt("maxPerSubnet"), exempt);
    }

    private static <T> List<T> list(SettingValues values, String key, String rule, Function<String, T> parse) {
        List<T> items = new ArrayList<>();
        for (String text : values.getList(key)) {
            try {
                items.add(parse.apply(text));
            } catch (IllegalArgumentException e) {
                values.refuse(key, rule);
                return List.of();
            }
        }
        return List.copyOf(items);
    }

    /** The back-off of an address, shorter at first where an operator wants the peer. */
    public BackOff backoff(boolean configured) {
        return new BackOff(backoffMinNanos, backoffMaxNanos, configured);
    }
}
