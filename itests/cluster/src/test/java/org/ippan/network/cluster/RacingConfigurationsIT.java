// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.Racers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations that several write, delete and name anew at once: what is stored in the end is what is in force. */
@Tag(Nodes.WAITING)
class RacingConfigurationsIT {

    private static final String PEER = "org.ippan.network.peers.peer";
    private static final int ROUNDS = 40;

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private ConfigurationAdmin admin;
    private IppanNode node;

    private void write(String name, String address) {
        change(name, written -> written.update(new Hashtable<>(Map.of("address", address))));
    }

    private void delete(String name) {
        change(name, Configuration::delete);
    }

    /** What is done with a configuration. */
    @FunctionalInterface
    private interface Change {

        void to(Configuration configuration) throws IOException;
    }

    private void change(String name, Change change) {
        try {
            change.to(admin.getFactoryConfiguration(PEER, name, "?"));
        } catch (IllegalStateException e) {
            // Another one has just deleted it.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> configured() {
        return node.peers().peers().stream().filter(Peer::configured).collect(Collectors.toMap(Peer::alias,
                peer -> peer.address().toString()));
    }

    private Set<String> beans() {
        try (JmxClient jmx = JmxClient.local()) {
            return jmx.beans().queryNames(new ObjectName("org.ippan.network:type=PeerSettings,*"), null).stream()
                    .map(bean -> bean.getKeyProperty("name")).collect(Collectors.toSet());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void becomes(Map<String, String> peers) {
        Eventually.until(() -> peers + ", not " + configured() + " and the beans " + beans(), Nodes.SOON,
                () -> configured().equals(peers) && beans().equals(peers.keySet()));
    }

    @Test
    void shouldEndWithWhatIsStored() throws Exception {
        node = nodes.embed("node");
        admin = node.service(ConfigurationAdmin.class);
        write("paris", "127.0.0.1:1");
        becomes(Map.of("paris", "127.0.0.1:1"));

        Racers.race(ROUNDS, round -> write("paris", "127.0.0.1:" + (2 + round % 3)), round -> write("paris",
                "127.0.0.1:" + (5 + round % 3)), round -> write("lyon", "127.0.0.1:8"), round -> delete("lyon"));
        delete("lyon");
        write("paris", "127.0.0.1:9");
        becomes(Map.of("paris", "127.0.0.1:9"));

        // Another name for the same address, and the old one goes only then.
        write("rome", "127.0.0.1:9");
        delete("paris");
        becomes(Map.of("rome", "127.0.0.1:9"));
        delete("rome");
        becomes(Map.of());
        assertEquals(0, logged.count("Exception"));
    }

    @Test
    void shouldTakeBothOfTwoChangesOfOneMoment() throws Exception {
        node = nodes.embed("node");
        try (JmxClient jmx = JmxClient.local()) {
            Racers.race(1, round -> set(jmx, "Dedup", "Capacity", 123_456), round -> set(jmx, "Gossip", "MaxAgeSeconds",
                    77), round -> set(jmx, "Dedup", "WindowSeconds", 333), round -> set(jmx, "Gossip", "MaxHops", 33));

            assertEquals("123456, 77, 333, 33", jmx.get("Dedup", "Capacity") + ", " + jmx.get("Gossip", "MaxAgeSeconds")
                    + ", " + jmx.get("Dedup", "WindowSeconds") + ", " + jmx.get("Gossip", "MaxHops"));
        }
        assertEquals(0, logged.count("Exception"));
    }

    private static void set(JmxClient jmx, String type, String attribute, Object value) {
        try {
            jmx.set(type, attribute, value);
        } catch (Exception e) {
            throw new AssertionError(type + "." + attribute, e);
        }
    }
}
