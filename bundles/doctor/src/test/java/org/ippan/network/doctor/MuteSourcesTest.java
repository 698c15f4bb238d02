// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that cannot tell about themselves: they are named once, and what the others tell is judged all the same. */
class MuteSourcesTest {

    private final FakeNode node = new FakeNode();

    /** An application's own. */
    private static class Broken implements SnapshotSource {

        private String error = "no database";

        @Override
        public Record snapshot() {
            if (!error.isEmpty()) {
                throw new IllegalStateException(error);
            }
            return Records.of(ChaosSnapshot.class, Map.of());
        }
    }

    private List<String> others() {
        node.sources.add(() -> Records.of(DiscoverySnapshot.class, Map.of("source", "dns", "enabled", true, "found",
                3)));
        node.sources.add(() -> Records.of(ChaosSnapshot.class, Map.of("active", true, "faults", "loss")));
        List<Finding> found = node.doctor().examine();
        assertEquals(1, FakeNode.of("discovery", found).size());
        assertEquals(1, FakeNode.of("chaos", found).size());
        assertEquals(List.of(), found.stream().map(Finding::text)
                .filter(text -> text.contains("The check itself failed")).toList());
        return FakeNode.of("applications", found);
    }

    private static void matches(String sentence, List<String> found) {
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).matches(sentence), found::toString);
    }

    @Test
    void shouldNameASourceThatThrowsAndAskTheOthers() {
        node.sources.add(new Broken());

        matches("WARN The snapshot source \\Q" + Broken.class.getName() + "\\E failed [12] times?, and what it tells is"
                + " missing: java\\.lang\\.IllegalStateException: no database\\. The log shows the stack trace; correct"
                + " the application\\.", others());
        assertEquals(List.of("The snapshot source " + Broken.class.getName() + " failed; the node goes on:"
                + " java.lang.IllegalStateException: no database"), node.log);
    }

    @Test
    void shouldNameASourceThatTellsNothing() {
        node.sources.add(() -> null);

        matches("WARN The snapshot source .* and what it tells is missing: it returned no snapshot\\. .*", others());
    }

    @Test
    void shouldNameASourceWhoseClassesAreGone() {
        node.sources.add(() -> {
            throw new NoClassDefFoundError("org/example/Gone");
        });

        matches("WARN The snapshot source .*: java\\.lang\\.NoClassDefFoundError: org/example/Gone\\. .*", others());
    }

    @Test
    void shouldForgetItWhenItTellsAgain() {
        Broken broken = new Broken();
        node.sources.add(broken);
        Doctor doctor = node.doctor();
        doctor.glance();
        broken.error = "";

        List<Finding> found = doctor.glance();

        assertEquals(List.of("OK Nothing went wrong in the code of applications in the last 10 min."),
                FakeNode.of("applications", found));
    }

    /** One of the services that every node has, made by others or just being replaced. */
    @ParameterizedTest
    @ValueSource(strings = {"dedup", "reputation", "transport", "peers", "gossip"})
    void shouldJudgeTheOthersWhenAServiceOfTheNodeCannotTell(String service) {
        node.mute.add(service);

        List<String> named = others();

        assertTrue(named.get(0).startsWith("WARN The snapshot source "), named::toString);
        assertEquals(1, node.doctor().limits().size());
        assertEquals(1, FakeNode.of("health", node.doctor().glance()).size());
    }
}
