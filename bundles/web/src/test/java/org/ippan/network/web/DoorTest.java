// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ippan.network.web.ServedWeb.SOON;
import static org.ippan.network.web.ServedWeb.TOKEN;
import static org.ippan.network.web.ServedWeb.assertStatus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs publish and subscribe over real sockets, or are told why they cannot. */
class DoorTest {

    private static final String MESSAGES = "/api/v1/messages";
    private static final String BEARER = "Authorization: Bearer " + TOKEN;

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    @BeforeEach
    void open() {
        served.set(Map.of("token", TOKEN, "door", "true"));
        served.gossips();
    }

    private String publish(String query, String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Length: " + body.length();
        return served.exchange(served.request("POST " + MESSAGES + query, all) + body);
    }

    /** A client that subscribes, and reads the answer up to the events. */
    private BufferedReader subscribe(HttpClient client, String query) throws IOException {
        client.send(served.request("GET " + MESSAGES + query, BEARER));
        BufferedReader answer = new BufferedReader(new InputStreamReader(client.socket.getInputStream(), UTF_8));
        String line = answer.readLine();
        assertStatus(200, line);
        boolean events = false;
        while (!line.isEmpty()) {
            events |= line.equalsIgnoreCase("content-type: text/event-stream; charset=utf-8");
            line = answer.readLine();
        }
        assertTrue(events, "these are no events");
        return answer;
    }

    private void tell(Topic topic, byte[] payload) {
        served.gossip.listeners.keySet().forEach(each -> each.onMessage(new FakeMessage(topic, payload)));
    }

    @Test
    void shouldPublishTheBodyByteByByte() throws IOException {
        String all = "\u0000\u00ff\r\n&topic=other";

        String answer = publish("?topic=orders%2Fnew&priority=high&nonce=18446744073709551615", all, BEARER);

        assertStatus(202, answer);
        assertTrue(answer.endsWith("{\"id\":\"" + FakeGossip.ID + "\"}"), answer);
        Message message = served.gossip.published.get(0);
        assertArrayEquals(all.getBytes(ISO_8859_1), message.payload());
        assertEquals(Topic.of("orders/new"), message.topic());
        assertEquals(Priority.HIGH, message.priority());
        assertEquals(-1, message.nonce());
        assertEquals(1, served.web.snapshot().published());
    }

    @Test
    void shouldTakeLongBodiesOfClientsWithTheToken() throws IOException {
        assertStatus(202, publish("?topic=news", "x".repeat(1 << 20), BEARER));
        assertStatus(202, publish("?topic=news", "", BEARER));

        assertEquals(1 << 20, served.gossip.published.get(0).payload().length);
        String tooLong = publish("?topic=news", "x".repeat((16 << 20) + 1), BEARER);
        assertStatus(413, tooLong);
        assertTrue(tooLong.contains("the body has more than 16777216 bytes"), tooLong);
    }

    /** Nothing of the body is read, so it takes no memory. */
    @Test
    void shouldRefuseLongBodiesOfOthersByTheirHead() throws IOException {
        String head = served.request("POST " + MESSAGES + "?topic=news", "Content-Length: 1000000");

        assertStatus(401, served.exchange(head));
        assertStatus(401, served.exchange(head.replace("\r\n\r\n", "\r\n" + BEARER + "x\r\n\r\n")));
        assertStatus(401, served.exchange(head.replace("messages", "%6dessages")));
        assertEquals(3, served.web.snapshot().unauthorized());
        assertTrue(served.exchange(head).contains("Bearer realm"), "how to prove it is not said");
    }

    @ParameterizedTest
    @CsvSource({"ACCEPTED,202,''", "DUPLICATE,200,''", "BACKPRESSURE,503,retry-after: 1", "NO_PEERS,503,retry-after: 5",
        "CLOSED,503,retry-after: 5", "TOO_LARGE,413,maxMessageBytes"})
    void shouldSayWhatBecameOfAMessage(Status status, int code, String says) throws IOException {
        served.gossip.answer = status;

        String answer = publish("?topic=news", "text", BEARER);

        assertStatus(code, answer);
        assertTrue(answer.contains(says), answer);
        assertEquals(code >= 400, answer.contains("\"error\""), answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                           | name one topic
            ?topic=a&topic=b             | name one topic
            ?topic=                      | a topic is 1 to 64 bytes
            ?topic=ippan/status          | topic is ippan/status, which is reserved
            ?topic=a&priority=urgent     | priority = urgent: must be one of high, normal, low
            ?topic=a&nonce=-1            | nonce = -1: must be a whole number
            ?topic=a&prority=high        | unknown: prority; known here: nonce, priority, topic
            """)
    void shouldSayWhatIsWrongWithAMessage(String query, String says) throws IOException {
        String answer = publish(query, "text", BEARER);

        assertStatus(400, answer);
        assertTrue(answer.contains(says), answer);
        assertEquals(List.of(), served.gossip.published);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                  | name 1 to 16 topics
            ?topic=a*           | topic = a*: must be a topic's name
            ?topic=*/a          | topic = */a: must be a topic's name
            ?topic=a&since=5    | unknown: since; known here: topic
            """)
    void shouldSayWhatIsWrongWithASubscription(String query, String says) throws IOException {
        String answer = served.get(MESSAGES + query, BEARER);

        assertStatus(400, answer);
        assertTrue(answer.contains(says), answer);
        served.gossip.stopping = true;
        assertStatus(503, served.get(MESSAGES + "?topic=a", BEARER));
        assertEquals(0, served.web.snapshot().streams());
    }

    @Test
    void shouldTellOfSixteenTopicsAtMost() throws IOException {
        assertStatus(400, served.get(MESSAGES + "?topic=a" + "&topic=a".repeat(16), BEARER));
    }

    @Test
    void shouldTellMessagesAsEventsUntilTheClientGoes() throws IOException {
        try (HttpClient client = new HttpClient(served.address())) {
            BufferedReader events = subscribe(client, "?topic=news&topic=orders/*");
            assertEquals(List.of(List.of("news", "orders/*")), List.copyOf(served.gossip.listeners.values()));

            tell(Topic.of("zürich"), new byte[] {0, -1});
            tell(Topic.of("news"), new byte[0]);

            assertEquals("id: " + FakeGossip.ID, events.readLine());
            assertEquals("data: {'topic':'zürich','priority':'high','hops':1,'ageMs':7,'payload':'AP8='}"
                    .replace('\'', '"'), events.readLine());
            assertEquals("", events.readLine());
            assertEquals("id: " + FakeGossip.ID, events.readLine());
            assertTrue(events.readLine().contains("\"payload\":\"\""));
            assertEquals(2, served.web.snapshot().told());
        }
        Eventually.until("the listener is gone", SOON, () -> served.gossip.listeners.isEmpty());
        Eventually.until("its place is free", SOON, () -> served.web.snapshot().streams() == 0);
    }

    /** A stream outlives the time a request has. */
    @Test
    void shouldNotEndAStreamThatIsQuiet() throws IOException {
        served.set(Map.of("requestTimeoutSeconds", "1"));
        try (HttpClient client = new HttpClient(served.address())) {
            BufferedReader events = subscribe(client, "?topic=news");
            Eventually.always("the stream stays", Duration.ofMillis(1_500),
                    () -> served.web.snapshot().streams() == 1);

            tell(Topic.of("news"), new byte[1]);

            assertEquals("id: " + FakeGossip.ID, events.readLine());
        }
    }

    /** A client that does not read loses the oldest messages, is told how many, and holds up no other. */
    @Test
    void shouldTellAClientThatIsTooSlowHowMuchItLost() throws IOException {
        int told = 3_000;
        try (HttpClient client = new HttpClient(served.address())) {
            BufferedReader events = subscribe(client, "?topic=news");
            byte[] payload = new byte[10_000];
            for (int i = 0; i < told; i++) {
                tell(Topic.of("news"), payload);
            }
            assertTrue(served.web.snapshot().lost() > 0);

            long messages = 0;
            long lost = 0;
            while (messages + lost < told) {
                String line = events.readLine();
                if (line.startsWith("id: ")) {
                    messages++;
                } else if (line.startsWith("data: {\"count\":")) {
                    lost += Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }

            assertEquals(told, messages + lost);
            assertEquals(served.web.snapshot().lost(), lost);
        }
    }

    @Test
    void shouldServeAsManyStreamsAsAllowed() throws IOException {
        served.set(Map.of("maxStreams", "1"));
        try (HttpClient client = new HttpClient(served.address())) {
            subscribe(client, "?topic=news");

            String refused = served.get(MESSAGES + "?topic=news", BEARER);

            assertStatus(503, refused);
            assertTrue(refused.contains("maxStreams of org.ippan.network.web") && refused.contains("retry-after: 5"));
        }
        Eventually.until("the next one comes in", SOON, () -> served.web.snapshot().streams() == 0);
        try (HttpClient client = new HttpClient(served.address())) {
            subscribe(client, "?topic=news");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"door=false", "token=fedcba9876543210", "enabled=false"})
    void shouldEndStreamsWhenTheyAreAllowedNoMore(String change) throws IOException {
        try (HttpClient client = new HttpClient(served.address())) {
            BufferedReader events = subscribe(client, "?topic=news");
            if (change.equals("enabled=false")) {
                served.disable();
            } else {
                served.set(Map.of(change.split("=")[0], change.split("=")[1]));
            }

            Eventually.until("it has ended", SOON, () -> served.gossip.listeners.isEmpty());
            assertEquals(null, events.readLine());
        }
    }

    @Test
    void shouldKeepStreamsWhenOtherSettingsChange() throws IOException {
        try (HttpClient client = new HttpClient(served.address())) {
            BufferedReader events = subscribe(client, "?topic=news");
            served.set(Map.of("maxConnections", "7", "maxStreams", "0"));

            tell(Topic.of("news"), new byte[1]);

            assertEquals("id: " + FakeGossip.ID, events.readLine());
        }
    }

    @Test
    void shouldNeedTheTokenAlsoOnLoopbackAndTheDoorOpen() throws IOException {
        assertStatus(401, served.get(MESSAGES + "?topic=news"));
        assertStatus(401, publish("?topic=news", "text"));

        served.set(Map.of("door", "false"));

        String answer = publish("?topic=news", "text", BEARER);
        assertStatus(403, answer);
        assertTrue(answer.contains("the key door of org.ippan.network.web"), answer);
        assertStatus(403, served.get(MESSAGES + "?topic=news", BEARER));
        assertFalse(served.get(MESSAGES + "?topic=news", BEARER).contains("event-stream"));
        assertEquals(List.of(), served.gossip.published);
    }

    @Test
    void shouldSayThatGossipIsAway() throws IOException {
        served.withoutGossip();

        String answer = publish("?topic=news", "text", BEARER);

        assertStatus(503, answer);
        assertTrue(answer.contains("Gossip is absent"), answer);
    }
}
