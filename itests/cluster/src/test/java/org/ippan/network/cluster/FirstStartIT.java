// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Keys that protect, which cannot be read when their bundle starts: no default takes their place. */
@Tag(Nodes.WAITING)
class FirstStartIT {

    private static final String PREFIX = "org.ippan.network.";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private IppanNode node;
    private Diagnosis doctor;

    @BeforeEach
    void start() {
        node = nodes.embed("node");
        doctor = Diagnosis.of(node);
    }

    /** Writes what the node's own methods would refuse; no value takes the key away. */
    private void configure(String pid, String key, String value) throws IOException {
        Configuration configuration = node.service(ConfigurationAdmin.class).getConfiguration(pid, "?");
        Map<String, Object> values = new Hashtable<>();
        if (configuration.getProperties() != null) {
            configuration.getProperties().keys().asIterator()
                    .forEachRemaining(known -> values.put(known, configuration.getProperties().get(known)));
        }
        values.remove(key);
        if (!value.isEmpty()) {
            values.put(key, value);
        }
        configuration.update(new Hashtable<>(values));
    }

    /** Starts a bundle with a value that cannot be read, and corrects it. */
    private void starts(String name, String key, String value, String rule, BooleanSupplier refuses)
            throws IOException, BundleException {
        Bundle bundle = Stream.of(node.bundleContext().getBundles()).filter(each -> each.getSymbolicName()
                .equals(PREFIX + name)).findFirst().orElseThrow();
        bundle.stop();
        configure(PREFIX + name, key, value);
        bundle.start();
        doctor.tells("FAIL configuration: " + PREFIX + name + ": " + key + " = " + value + ": must be " + rule
                + ". Correct it: the bundle does not serve until then.");
        Eventually.until(name + " does not serve", Nodes.SOON, refuses);

        configure(PREFIX + name, key, "");

        doctor.tells("OK configuration: No configuration was refused.");
        Eventually.until(name + " serves", Nodes.SOON, () -> !refuses.getAsBoolean());
    }

    private boolean publishes(Status status) {
        return node.findAll(Gossip.class).stream().anyMatch(gossip -> gossip.publish(Message.of(Topic.of("a"),
                new byte[1])).status() == status);
    }

    private boolean isDeaf() {
        return node.findAll(Transport.class).stream().allMatch(transport -> transport.listenAddress().isEmpty());
    }

    @Test
    void shouldTakeNoMessagesWithoutKnowingWhichToBelieve() throws IOException, BundleException {
        starts("gossip", "signatures", "requre", "one of off, sign, require", () -> publishes(Status.CLOSED));
    }

    @Test
    void shouldTellNothingWithoutKnowingWhetherItMay() throws IOException, BundleException {
        starts("survey", "share", "of", "one of auto, on, off", () -> node.findAll(NetworkView.class).stream()
                .anyMatch(view -> view.snapshot().sharingReason().equals("share is off.")));
    }

    @Test
    void shouldNotListenWithoutKnowingWhatItMayTellOrTake() throws IOException, BundleException {
        starts("peers", "exchange", "flase", "true or false", this::isDeaf);
        starts("transport", "inboundBytesPerSecond", "32M", "a whole number from 0 to 10000000000", this::isDeaf);
    }
}
