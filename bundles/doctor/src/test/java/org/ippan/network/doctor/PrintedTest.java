// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ScoreEvent;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/operations.md} prints is what the doctor says, of a node made for it. Where it differs the right
 * text is left in {@code target/printed.txt}.
 */
class PrintedTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "operations.md");

    private final FakeNode node = new FakeNode();
    private final Doctor doctor = node.doctor();

    private void peer(String alias, String id, Map<String, Object> stated) {
        Map<String, Object> all = new HashMap<>(Map.of("alias", alias, "id", Optional.of(PeerId.parse(id.repeat(8))),
                "configured", true, "score", ReputationScore.NEUTRAL, "circuit", CircuitState.CLOSED,
                "firstConnected", Optional.of(FakeNode.NOW.minus(Duration.ofHours(2)))));
        all.putAll(stated);
        node.peers.add(Records.of(Peer.class, all));
    }

    private void makeAnInterestingNode() {
        peer("paris", "2f1c9a3e", Map.of("address", PeerAddress.parse("10.0.0.12:9700"),
                "score", new ReputationScore(-500, Standing.BANNED), "nextTry",
                Optional.of(FakeNode.NOW.plusSeconds(17))));
        peer("rome", "b7d10c55", Map.of("address", PeerAddress.parse("10.0.0.13:9700"), "failedDials", 7,
                "lastError", "Connection refused: /10.0.0.13:9700", "circuit", CircuitState.OPEN,
                "nextTry", Optional.of(FakeNode.NOW.plusSeconds(41))));
        node.unreachable.put("10.0.0.13:9700", "Connection refused");
        node.reputationAnswers.put("stats", Optional.of(Records.of(PeerReputation.class, Map.of("score", -500,
                "standing", Standing.BANNED, "successes", 120L, "failures", 1L, "invalids", 31L,
                "firstSeen", FakeNode.NOW.minus(Duration.ofHours(2)), "lastSeen", FakeNode.NOW,
                "banReason", "score -500 is below the pardon score -400",
                "bannedUntil", Optional.of(FakeNode.NOW.plus(Duration.ofMinutes(100))), "events", List.of(
                new ScoreEvent(FakeNode.NOW.minusSeconds(119), Cause.MESSAGE_REJECTED, -20, -480),
                new ScoreEvent(FakeNode.NOW.minusSeconds(61), Cause.PROTOCOL_ERROR, -20, -500))))));
        node.configure("dedup", Map.of("capacity", "200000", "felix.fileinstall.filename",
                "file:/opt/karaf/etc/org.ippan.network.dedup.cfg"));
        node.configure("dedup", Map.of("capacity", "200000", "windowSeconds", "5min", "felix.fileinstall.filename",
                "file:/opt/karaf/etc/org.ippan.network.dedup.cfg"));
        node.gossip.put("listeners", List.of(Records.of(ListenerSnapshot.class, Map.of("name", "com.example.Prices",
                "topics", "prices/*", "queued", 1019, "capacity", 1024, "slow", true))));
        node.wait15s();
        node.gossip.put("publishRefused", 340L);
    }

    private static String lines(List<?> answers) {
        return answers.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }

    @Test
    void shouldPrintWhatTheDocumentsPrint() throws IOException {
        makeAnInterestingNode();
        List<String> blocks = new ArrayList<>();
        blocks.add(lines(doctor.explain("paris").sentences()));
        node.reputationAnswers.put("stats", Optional.empty());
        blocks.add(lines(doctor.explain("rome").sentences()));
        blocks.add(lines(doctor.settings("dedup")));
        blocks.add(lines(doctor.limits()));
        blocks.add(lines(doctor.examine().stream().filter(finding -> List.of("configuration", "listener", "seeds",
                "services", "dedup-window").contains(finding.check())).toList()));
        String page = Files.readString(PAGE);

        Files.writeString(Path.of("target", "printed.txt"), String.join("\n\n", blocks));
        assertEquals(List.of(), blocks.stream().filter(block -> !page.contains("```\n" + block + "\n```")).toList(),
                "not in docs/operations.md");
    }
}
