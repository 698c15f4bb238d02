// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import static org.ippan.network.shell.Fakes.fake;
import static org.ippan.network.shell.Fakes.lines;
import static org.ippan.network.shell.Fakes.services;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.shell.output.Output.Form;
import org.ippan.network.shell.output.Services;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    private static final PeerId PARIS = PeerId.parse("3f2a91cc" + "0".repeat(56));

    /** Publishes as told, and keeps what was accepted. */
    private static final class Network {

        private final ArrayDeque<Status> answers = new ArrayDeque<>();
        private final List<String> accepted = new ArrayList<>();
        private int waits;

        PublishResult publish(Message message) {
            Status status = answers.isEmpty() ? Status.ACCEPTED : answers.remove();
            if (status == Status.ACCEPTED) {
                accepted.add(message.topic() + ":" + new String(message.payload()));
            }
            return new PublishResult(status, Optional.of(MessageId.of(0, 0, 0, 0)));
        }

        CompletionStage<Void> whenWritable(Priority priority) {
            waits++;
            return CompletableFuture.completedFuture(null);
        }
    }

    /** The interfaces of reputation, as one service. */
    private interface Reputation extends ReputationManager, ReputationAdmin {
    }

    private final Network network = new Network();
    private final List<String> bans = new ArrayList<>();
    private final Services services = services(null, fake(Gossip.class, network), fake(Reputation.class,
            new Object() {
                void ban(PeerId who, Duration span, String reason) {
                    bans.add(who.shortForm() + " " + span + " " + reason);
                }

                List<PeerId> peers() {
                    return List.of();
                }

                ReputationScore score(PeerId who) {
                    return ReputationScore.NEUTRAL;
                }
            }));

    private static Session answering(String answer) {
        return fake(Session.class, new Object() {
            String readLine(String prompt, Character mask) {
                if (answer == null) {
                    throw new UnsupportedOperationException();
                }
                return answer;
            }
        });
    }

    private PeerBanCommand ban(String answer) {
        PeerBanCommand command = new PeerBanCommand();
        command.services = services;
        command.session = answering(answer);
        command.peer = PARIS.toString();
        return command;
    }

    private PublishCommand publish(String text, String file) {
        PublishCommand command = new PublishCommand();
        command.services = services;
        command.topic = "news";
        command.text = text;
        command.file = file;
        return command;
    }

    @Test
    void shouldAskBeforeItTakesSomethingAway() throws Exception {
        assertEquals(List.of("Nothing is changed."), lines(Form.TABLE, ban("no")::run));
        assertEquals(List.of("Nothing is changed."), lines(Form.TABLE, ban("")::run));
        assertThrows(IllegalStateException.class, () -> lines(Form.TABLE, ban(null)::run));
        assertEquals(List.of(), bans);

        assertEquals(List.of("Banned 3f2a91cc for ever."), lines(Form.TABLE, ban("Yes")::run));
        PeerBanCommand unasked = ban(null);
        unasked.yes = true;
        unasked.seconds = 90;
        unasked.reason = "rubbish";
        assertEquals(List.of("Banned 3f2a91cc for 90 s."), lines(Form.TABLE, unasked::run));
        assertEquals(List.of("3f2a91cc PT0S by an operator", "3f2a91cc PT1M30S rubbish"), bans);
    }

    @Test
    void shouldTellMistakesWithoutAStack() {
        PeerBanCommand command = ban("yes");
        command.peer = "berlin";

        CommandException told = assertThrows(CommandException.class, command::execute);

        assertEquals("no peer is known as 'berlin'; no peers are known. Give an alias, an address, or 8 or more digits"
                + " of the id", told.getNiceHelp());
    }

    @Test
    void shouldNameTheBundleOfAnAbsentService() {
        PeerListCommand command = new PeerListCommand();
        command.services = services(null);

        assertEquals("PeerDirectory is absent: the bundle org.ippan.network.peers is stopped, being updated or not "
                + "installed", assertThrows(CommandException.class, command::execute).getMessage());
    }

    @Test
    void shouldShowTheNodeAsFarAsItIsThere() throws Exception {
        StatusCommand command = new StatusCommand();
        command.services = services(null);

        List<String> shown = lines(Form.TABLE, command::run);

        assertTrue(shown.contains("peers connected     | -"), () -> String.join("\n", shown));
        assertTrue(shown.get(shown.size() - 1).startsWith("WARN  doctor  Doctor is absent"));
    }

    @Test
    void shouldPublishEachLineOnceTheNetworkTakesIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("lines"), "one\n\ntwo\n");
        network.answers.addAll(List.of(Status.ACCEPTED, Status.BACKPRESSURE, Status.BACKPRESSURE));

        assertEquals(List.of("Published 3 messages."), lines(Form.TABLE, publish(null, file.toString())::run));
        assertEquals(List.of("news:one", "news:", "news:two"), network.accepted);
        assertEquals(2, network.waits);
    }

    @Test
    void shouldSayHowManyLinesWerePublishedBeforeItFailed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("lines"), "one\ntwo\n");
        network.answers.addAll(List.of(Status.ACCEPTED, Status.NO_PEERS));

        CommandException told = assertThrows(CommandException.class, publish(null, file.toString())::execute);

        assertEquals("not published: no peer is connected (the doctor says why); 1 messages before it were",
                told.getMessage());
        assertThrows(CommandException.class, publish(null, folder.resolve("none").toString())::execute);
        assertThrows(CommandException.class, publish("text", file.toString())::execute);
        assertThrows(CommandException.class, publish(null, null)::execute);
    }

    @Test
    void shouldNameWhatIsNestedInASnapshotWithDots() throws Exception {
        record Nested(HistogramSnapshot latency, Map<Status, Long> results) {
        }

        SnapshotSource source = () -> new Nested(HistogramSnapshot.EMPTY, Map.of(Status.NO_PEERS, 3L));
        MetricsCommand command = new MetricsCommand();
        command.services = services(null, source);

        List<String> lines = lines(Form.PLAIN, command::run);

        assertTrue(lines.contains("Source0\tlatency.p50Millis\t0.00\tmilliseconds"), lines::toString);
        assertTrue(lines.contains("Source0\tresults.no-peers\t3"), lines::toString);
        command.name = "Elsewhere";
        assertEquals("there is no snapshot Elsewhere, only Source0",
                assertThrows(CommandException.class, command::execute).getMessage());
    }
}
