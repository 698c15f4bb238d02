// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Sighting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetches from a real HTTP server, which behaves well or not. */
class HttpSourceTest {

    private static final int FETCH_MILLIS = 500;
    private static final String RECORD = record(7);

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        watch.shutdownNow();
        workers.shutdownNow();
    }

    /** What a test lets the server do. */
    private interface Behaviour {

        void answer(HttpExchange exchange) throws Exception;
    }

    private HttpSource source(Behaviour behaviour) {
        return source(behaviour, FETCH_MILLIS);
    }

    private HttpSource source(Behaviour behaviour, int fetchMillis) {
        server.createContext("/records", exchange -> {
            try {
                behaviour.answer(exchange);
            } catch (Exception e) {
                // The client has gone, as it should.
                exchange.close();
            }
        });
        return new HttpSource(List.of(url("/records")), 60, fetchMillis, watch, new RefusalCounts());
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** An answer without end, of which a byte comes after each of these times. */
    private static Behaviour byteEach(int millis) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write('A');
                exchange.getResponseBody().flush();
                TimeUnit.MILLISECONDS.sleep(millis);
            }
        };
    }

    private static void assertFails(Sighting seen, String why) {
        assertEquals(List.of(), seen.records());
        assertTrue(seen.error().contains(why), seen.error());
    }

    @Test
    void shouldReadARecordInEachLineAndPassOverWhatIsNone() {
        Sighting seen = source(exchange -> send(exchange, 200, RECORD + "\r\n\nno record!\n" + RECORD + "==\n"
                + "A".repeat(4000) + "\n" + record(1))).look();

        assertEquals("", seen.error());
        assertEquals(2, seen.records().size());
        assertEquals(List.of(7, 1), seen.records().stream().map(record -> ByteBuffer.wrap(record).getInt()).toList());
    }

    @Test
    void shouldHeedAThousandRecordsOfAllThatFitIntoAnAnswer() {
        String body = IntStream.range(0, 7_000).mapToObj(i -> record(i) + "\n").collect(Collectors.joining());
        Sighting seen = source(exchange -> send(exchange, 200, body)).look();

        assertEquals(1000, seen.records().size());
    }

    /** A node takes the first of what is told: one server with many records must not hide those of the others. */
    @Test
    void shouldTellRecordsOfAllServersInTurnsAndEachOnce() {
        serve("/many", record(1) + "\n" + record(2) + "\n" + record(3));
        serve("/few", record(1) + "\n" + record(4));

        Sighting seen = new HttpSource(List.of(url("/many"), url("/few")), 60, FETCH_MILLIS, watch,
                new RefusalCounts()).look();

        assertEquals(List.of(1, 2, 4, 3), seen.records().stream().map(record -> ByteBuffer.wrap(record).getInt())
                .toList());
    }

    @Test
    void shouldNotForgetWithNewSettingsWhatItCannotFetchJustNow() {
        serve("/one", record(1));
        serve("/two", record(2));
        HttpSource before = new HttpSource(List.of(url("/one"), url("/two")), 60, FETCH_MILLIS, watch,
                new RefusalCounts());
        before.look();
        List<URI> urls = List.of(url("/three"), url("/two"));
        server.stop(0);
        HttpSource source = new HttpSource(urls, 90, FETCH_MILLIS, watch, new RefusalCounts());

        source.follow(before);

        assertEquals(List.of(2), source.look().records().stream().map(record -> ByteBuffer.wrap(record).getInt())
                .toList());
    }

    private void serve(String path, String body) {
        server.createContext(path, exchange -> send(exchange, 200, body));
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static String record(int number) {
        // As long as the shortest record; what is in it is not looked at here.
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(107).putInt(number).array());
    }

    @Test
    void shouldSayThatAPageIsNoListOfRecords() {
        assertFails(source(exchange -> send(exchange, 200, "<html>\n<p>not here</p>\n")).look(),
                "no line of the answer is an address record");
    }

    /** What follows the question mark may be a token. */
    @Test
    void shouldNotTellTheQueryOfAUrlThatFails() {
        serve("/page", "<html>");
        for (String path : List.of("/page?token=a1b2", "/nothing?token=a1b2")) {
            Sighting seen = new HttpSource(List.of(url(path)), 60, FETCH_MILLIS, watch, new RefusalCounts()).look();

            assertTrue(seen.error().contains("?***: "), seen.error());
            assertFalse(seen.error().contains("a1b2"), seen.error());
        }
        server.stop(0);
        Sighting seen = new HttpSource(List.of(url("/?token=a1b2")), 60, FETCH_MILLIS, watch, new RefusalCounts())
                .look();
        assertTrue(seen.error().contains("/?***: ") && !seen.error().contains("a1b2"), seen.error());
    }

    /** A program in the same JVM may have set one for its own servers. */
    @Test
    void shouldGiveNoPasswordOfTheJvmToAServerThatAsksForOne() {
        Authenticator before = Authenticator.getDefault();
        List<String> given = new CopyOnWriteArrayList<>();
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("me", "word".toCharArray());
            }
        });
        try {
            assertFails(source(exchange -> {
                given.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"any\"");
                send(exchange, 401, "");
            }).look(), "answered 401");
        } finally {
            Authenticator.setDefault(before);
        }
        assertEquals(List.of(), given);
    }

    @Test
    void shouldNotFollowARedirect() {
        assertFails(source(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            send(exchange, 302, "");
        }).look(), "answered 302");
    }

    @Test
    void shouldGiveUpAnAnswerThatNeverEnds() {
        assertFails(source(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[8192]);
            }
        }, HttpSource.FETCH_MILLIS).look(), "more than 1048576 bytes");
    }

    @Test
    void shouldGiveUpAnAnswerThatTricklesIn() {
        long start = System.nanoTime();
        assertFails(source(byteEach(20)).look(), "not complete within 500 ms");

        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
    }

    /** Each byte comes before the time for it is over, and who closes may wait for who reads. */
    @Test
    void shouldGiveUpAnAnswerOfWhichAByteComesNowAndThen() {
        long start = System.nanoTime();
        assertFails(source(byteEach(400)).look(), "not complete within 500 ms");

        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    void shouldEndALookThatWaitsWhenItIsClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        HttpSource source = source(exchange -> {
            asked.countDown();
            TimeUnit.SECONDS.sleep(20);
        }, HttpSource.FETCH_MILLIS);
        Future<Sighting> look = workers.submit(source::look);
        assertTrue(asked.await(10, TimeUnit.SECONDS));

        source.close();

        assertEquals(List.of(), look.get(5, TimeUnit.SECONDS).records());
    }

    @Test
    void shouldGiveUpAServerThatDoesNotAnswer() {
        assertFails(source(exchange -> TimeUnit.SECONDS.sleep(10)).look(), "not complete within 500 ms");
    }

    /** As before a captive portal, or a server that says it is well. */
    @Test
    void shouldKeepWhatAServerToldWhileItAnswersWithWords() {
        int[] count = {0};
        HttpSource source = source(exchange -> {
            count[0]++;
            send(exchange, 200, count[0] == 1 ? RECORD : "OK\n<p>\nWelcome\n</p>\n");
        });
        source.look();

        Sighting seen = source.look();

        assertEquals(1, seen.records().size());
        assertEquals(7, ByteBuffer.wrap(seen.records().get(0)).getInt());
        assertTrue(seen.error().contains("no line of the answer is an address record"), seen.error());
    }

    @Test
    void shouldKeepWhatAServerToldWhileItFails() {
        int[] count = {0};
        HttpSource source = source(exchange -> {
            count[0]++;
            send(exchange, count[0] == 1 ? 200 : 503, count[0] == 1 ? RECORD : "");
        });
        source.look();

        Sighting seen = source.look();

        assertEquals(1, seen.records().size());
        assertTrue(seen.error().contains("answered 503"), seen.error());
    }
}
