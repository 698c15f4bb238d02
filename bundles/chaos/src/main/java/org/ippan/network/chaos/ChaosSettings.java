// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/**
 * Which faults are made.
 *
 * @param dropOutbound of 10 000 messages to peers, so many are lost
 * @param dropInbound of 10 000 messages from peers, so many are lost
 * @param latencyMinMillis least time that a message from a peer is held
 * @param latencyMaxMillis longest time
 * @param peers whose links are concerned; all if empty
 * @param seed of chance; 0 for a random one
 * @param minutes until it ends
 */
record ChaosSettings(int dropOutbound, int dropInbound, int latencyMinMillis, int latencyMaxMillis, Set<PeerId> peers,
        long seed, int minutes) {

    static final SettingsSchema SCHEMA = SettingsSchema.of(ChaosConfig.PID, ChaosConfig.class);
    /** What the two shares are parts of. */
    static final int WHOLE = 10_000;

    private static final int MOST_PEERS = 64;
    private static final String PEERS_RULE = "at most " + MOST_PEERS + " peer ids of 64 hex digits";

    static ChaosSettings of(SettingValues values) {
        int least = values.getInt("extraLatencyMillisMin");
        int most = values.getInt("extraLatencyMillisMax");
        if (least > most) {
            values.refuse("extraLatencyMillisMax", "not less than extraLatencyMillisMin, which is " + least);
        }
        return new ChaosSettings(values.getInt("dropOutbound"), values.getInt("dropInbound"), least, most,
                peers(values), values.getLong("seed"), values.getInt("minutes"));
    }

    private static Set<PeerId> peers(SettingValues values) {
        List<PeerId> peers = new ArrayList<>();
        try {
            for (String text : values.getList("peers")) {
                peers.add(PeerId.parse(text));
            }
        } catch (IllegalArgumentException e) {
            values.refuse("peers", PEERS_RULE);
        }
        if (peers.size() > MOST_PEERS) {
            values.refuse("peers", PEERS_RULE);
        }
        return Set.copyOf(peers);
    }

    /** Whether there is a fault among them. */
    boolean isHarmful() {
        return dropOutbound > 0 || dropInbound > 0 || latencyMaxMillis > 0;
    }

    /** The faults in words. */
    String words() {
        List<String> faults = new ArrayList<>();
        if (dropOutbound > 0) {
            faults.add(percent(dropOutbound) + " % of messages to peers are lost");
        }
        if (dropInbound > 0) {
            faults.add(percent(dropInbound) + " % of messages from peers are lost");
        }
        if (latencyMaxMillis > 0) {
            faults.add("messages from peers are held for " + latencyMinMillis + " to " + latencyMaxMillis + " ms");
        }
        return faults.stream().collect(Collectors.joining(", ")) + (peers.isEmpty() ? " on all links"
                : " on links to " + peers.stream().map(PeerId::shortForm).sorted().collect(Collectors.joining(", ")));
    }

    private static String percent(int share) {
        return String.format(Locale.ROOT, "%.2f", 100.0 * share / WHOLE);
    }
}
