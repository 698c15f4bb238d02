// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ippan.network.web.ServedWeb.TOKEN;
import static org.ippan.network.web.ServedWeb.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NodeTrace;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.MessageTrace.Judged;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.api.trace.TracedLink;
import org.ippan.network.api.trace.TracedLink.Reach;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Records;
import org.ippan.network.web.door.Taps;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Samples of messages, and what became of one: bounded, ended by themselves, and for clients with the token only. */
class TapsTest {

    private static final String BEARER = "Authorization: Bearer " + TOKEN;

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    private final ManualScheduler time = new ManualScheduler();
    private final FakeGossip gossip = new FakeGossip();
    private final Taps taps = new Taps(gossip::listen, time.clock(Instant.parse("2026-01-01T00:00:00Z")), time);

    private String look(String topic, long after) {
        return new String(taps.answer(new Request(HttpMethod.GET, Taps.PATH, Map.of("topic", List.of(topic), "after",
                List.of("" + after)), new byte[0], new DefaultHttpHeaders(), "127.0.0.1")).body(), UTF_8);
    }

    private void tell(byte[] payload) {
        gossip.listeners.keySet().forEach(each -> each.onMessage(new FakeMessage(Topic.of("news"), payload)));
    }

    @Test
    void shouldShowTheBeginningOfMessagesAsTextOrDigits() {
        assertEquals("{\"number\":0,\"skipped\":0,\"messages\":[]}", look("news/*", 0));
        assertEquals(List.of(List.of("news/*")), List.copyOf(gossip.listeners.values()));

        tell("grün".getBytes(UTF_8));
        tell(new byte[] {0, 1, (byte) 0xff});
        tell("€".repeat(100).getBytes(UTF_8));
        String told = look("news/*", 0);

        assertTrue(told.contains("\"number\":1,\"time\":\"2026-01-01T00:00:00Z\",\"id\":\"" + "0a".repeat(32)
                + "\",\"topic\":\"news\",\"priority\":\"high\",\"from\":\"" + "ab".repeat(32) + "\",\"publisher\":null,"
                + "\"hops\":1,\"ageMs\":7,\"bytes\":5,\"begin\":\"grün\",\"isText\":true}"), told);
        assertTrue(told.contains("\"bytes\":3,\"begin\":\"0001ff\",\"isText\":false"), told);
        assertTrue(told.contains("\"bytes\":300,\"begin\":\"" + "€".repeat(85) + "\",\"isText\":true"), told);
        assertEquals("{\"number\":3,\"skipped\":0,\"messages\":[]}", look("news/*", 3));
    }

    @Test
    void shouldTake20MessagesASecondAndKeep200() {
        look("news", 0);
        for (int second = 0; second < 12; second++) {
            for (int i = 0; i < 30; i++) {
                tell(new byte[1]);
            }
            time.advance(Duration.ofSeconds(1));
            look("news", 1);
        }

        String told = look("news", 0);

        assertTrue(told.startsWith("{\"number\":240,\"skipped\":120,\"messages\":[{\"number\":41,"), told);
    }

    @Test
    void shouldEndTenSecondsAfterTheLastLook() {
        look("news", 0);
        time.advance(Duration.ofSeconds(9));
        look("news", 0);
        time.advance(Duration.ofSeconds(9));
        taps.expire();
        assertEquals(1, gossip.listeners.size());

        time.advance(Duration.ofSeconds(2));
        taps.expire();

        assertEquals(0, gossip.listeners.size());
    }

    @Test
    void shouldListenToFewTopicsAtATime() {
        List.of("a", "b", "c", "d").forEach(topic -> look(topic, 0));

        assertThrows(Refusal.class, () -> look("e", 0));
        assertThrows(Refusal.class, () -> look("", 0));
        assertEquals(4, gossip.listeners.size());
        taps.endAll();
        assertEquals(0, gossip.listeners.size());
    }

    /** Answers as gossip does, under one name with its snapshot. */
    private static final class Tracer implements MessageTracer, SnapshotSource {

        @Override
        public Optional<MessageTrace> trace(MessageId id) {
            return id.equals(FakeGossip.ID) ? Optional.of(new MessageTrace(id, "news", 5, Judged.ACCEPTED,
                    Optional.of(PeerId.parse("ab".repeat(32))), 1, Duration.ofMillis(7), Duration.ofSeconds(3), false,
                    List.of(new TracedLink(PeerId.parse("cd".repeat(32)), Reach.SENT)), List.of("a.Listener")))
                    : Optional.empty();
        }

        @Override
        public Record snapshot() {
            return new TracedLink(PeerId.parse("cd".repeat(32)), Reach.SENT);
        }
    }

    @Test
    void shouldAnswerClientsWithTheTokenOnly() throws IOException {
        served.set(Map.of("token", TOKEN));
        served.tells("Gossip", new Tracer());
        for (String path : List.of("/api/v1/tap?topic=news", "/api/v1/trace/" + FakeGossip.ID)) {
            assertStatus(401, served.get(path));
            assertStatus(200, served.get(path, BEARER));
        }

        String told = served.get("/api/v1/trace/" + FakeGossip.ID, BEARER);

        assertTrue(told.contains("\"verdict\":\"accepted\",\"from\":\"" + "ab".repeat(32) + "\",\"hops\":1,"
                + "\"age\":0.007,\"here\":3.0,\"asked\":false,\"links\":[{\"peer\":\"" + "cd".repeat(32)
                + "\",\"reach\":\"sent\"}],\"listeners\":[\"a.Listener\"]}"), told);
        assertStatus(404, served.get("/api/v1/trace/" + "0b".repeat(32), BEARER));
        assertStatus(400, served.get("/api/v1/trace/0b", BEARER));
        assertStatus(400, served.get("/api/v1/tap", BEARER));
    }

    /** Answers as the survey does, under one name with its snapshot. */
    private static final class Asker implements NetworkTracer, SnapshotSource {

        @Override
        public NetworkTrace trace(MessageId id) {
            return Records.of(NetworkTrace.class, Map.of("id", id, "phase", NetworkTrace.Phase.ASKING, "nodes", List.of(
                    Records.of(NodeTrace.class, Map.of("name", "rome", "fate", NodeTrace.Fate.NO_LISTENER)))));
        }

        @Override
        public Record snapshot() {
            return new TracedLink(PeerId.parse("cd".repeat(32)), Reach.SENT);
        }
    }

    @Test
    void shouldAskTheNetworkForClientsWithTheTokenOnly() throws IOException {
        served.set(Map.of("token", TOKEN));
        String path = "/api/v1/network/trace/" + FakeGossip.ID;
        assertStatus(503, served.get(path, BEARER));
        served.tells("Network", new Asker());

        assertStatus(401, served.get(path));
        String told = served.get(path, BEARER);
        assertTrue(told.contains("\"phase\":\"asking\"") && told.contains("\"name\":\"rome\",\"own\":false,\"fate\":"
                + "\"no-listener\""), told);
        assertStatus(400, served.get("/api/v1/network/trace/0b", BEARER));
    }

    @Test
    void shouldStopListeningWhenThePageIsSwitchedOff() throws IOException {
        served.set(Map.of("token", TOKEN));
        assertStatus(200, served.get("/api/v1/tap?topic=news", BEARER));
        assertEquals(1, served.gossip.listeners.size());

        served.disable();

        assertEquals(0, served.gossip.listeners.size());
    }
}
