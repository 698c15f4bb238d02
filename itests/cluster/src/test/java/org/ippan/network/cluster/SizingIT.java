// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node answers to {@code ippan:size}, with its own settings. */
@Tag(Nodes.WAITING)
class SizingIT {

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldSayWhatALightAndAHeavyLoadNeed() {
        Doctor doctor = nodes.embed("node", builder -> builder.set("org.ippan.network.dedup", "capacity", "1000"))
                .service(Doctor.class);
        String light = said(doctor, new Load(3, 1, 100));
        String heavy = said(doctor, new Load(20, 20_000, 2_000_000));

        has(light, "Each node has about 2 links, and receives and sends ", " Mbit/s each; a node that publishes"
                + " everything itself sends up to ", "Each node keeps ", " processors busy.",
                "A node of 2 links has about 130 file descriptors open, and ", " with all connections that its limits"
                + " admit.", "Message ids take ", " MiB, the logs ", " MiB is enough.",
                "1 messages/s need a capacity of 300 for 300 s; it is 1000.");
        has(heavy, "A payload of 2000000 bytes is longer than maxMessageBytes = 1048576. Set maxMessageBytes of"
                + " org.ippan.network.gossip on all nodes, or cut messages up.",
                "; it is 1000, which lasts 0 s. Set capacity of org.ippan.network.dedup to 6000000 or more.",
                " This machine has ", "Publish fewer and longer messages, or give the node more processors.",
                "The logs hold the messages of 1 s instead of cacheSeconds: a node that was away for longer misses"
                + " some. Set cacheBytes of org.ippan.network.gossip to ", " MiB, or a lower cacheSeconds.");
        if (heavy.contains("WARN memory")) {
            has(heavy, " MiB is wanted, this JVM has ", "Start the JVM with -Xmx");
        }
    }

    private static String said(Doctor doctor, Load load) {
        return doctor.size(load).stream().map(Finding::toString).map(text -> text.replaceAll("\\s+", " "))
                .collect(Collectors.joining("\n"));
    }

    private static void has(String said, String... words) {
        List.of(words).forEach(each -> assertTrue(said.contains(each), each + " in " + said));
    }
}
