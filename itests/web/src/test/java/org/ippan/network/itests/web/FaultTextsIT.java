// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Topic;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.ippan.network.testkit.process.Cable;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Six faults of a real network: of each, the page alone says what is wrong, since when and what to do, in the words
 * that {@code docs/network.md} prints and the doctor tells every surface.
 */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
class FaultTextsIT {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "network.md");
    private static final Path JAR = Path.of("..", "..", "features", "node", "target", "ippan-node.jar");
    private static final Path FOLDER = Path.of("target", "faults").toAbsolutePath();
    /** Which fault, and what the Overview shows of it. */
    private static final Pattern PRINTED = Pattern.compile("(?s)› Overview › ([^\\n]+)\\n(.*)\\n");
    /** Six nodes, a seventh process and a browser may share a busy machine. */
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Duration BETWEEN_PICTURES = Duration.ofMillis(200);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PEERS = "org.ippan.network.peers";
    private static final String WEB = "org.ippan.network.web";
    /** Of every node that is up. */
    private static final int ALL = 6;
    private static final String FAULTS = """
            return [...document.querySelectorAll('#wrong > li, #wrong-rest li')].map(each =>
                [...each.querySelectorAll('.pill, strong, p:not(.links) > span')].map(part => part.textContent)
                .join(' '))""";

    private static final Map<String, String> PRINTED_TEXTS = CodeBlock.of(DOCUMENT, FaultTextsIT.class).stream()
            .map(block -> PRINTED.matcher(block.text())).filter(Matcher::matches)
            .collect(Collectors.toMap(block -> block.group(1), block -> block.group(2).strip()));

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private IppanNode shown;
    private Browser browser;
    private long nonce;

    @AfterEach
    void stop() throws Exception {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    private <C extends AutoCloseable> C closing(C opened) {
        running.push(opened);
        return opened;
    }

    /** Nodes that connect to those they are told of only, so that a line that is cut is the only one. */
    private IppanNode node(String name, Map<String, String> peersSettings, String... addresses) {
        var builder = IppanNode.builder().listen(LOOPBACK, 0).http(LOOPBACK, 0).set(PEERS, "exchange", "false")
                .set(PEERS, "outboundTarget", "0").set("org.ippan.network.survey", "name", name)
                .set(WEB, "token", ShownNetwork.TOKEN).set(WEB, "door", "true");
        peersSettings.forEach((key, value) -> builder.set(PEERS, key, value));
        List.of(addresses).forEach(builder::peer);
        return closing(builder.start());
    }

    private IppanNode node(String name, String... addresses) {
        return node(name, Map.of(), addresses);
    }

    private static String at(IppanNode node) {
        return node.listenAddress().orElseThrow().toString();
    }

    @Test
    void shouldSayOfEachFaultWhatIsWrongSinceWhenAndWhatToDo() throws Exception {
        shown = node("kiev");
        IppanNode lyon = node("lyon", at(shown));
        IppanNode paris = node("paris", at(lyon));
        shown.service(PeerAdmin.class).add(PeerAddress.parse(at(paris)), "paris");
        NodeProcess oslo = closing(NodeProcess.start(JAR, FOLDER, "oslo", List.of("run", "--data",
                FOLDER.resolve("data").toString(), "--listen", "127.0.0.1:0", "--peers", at(shown), "--set",
                "org.ippan.network.survey:name=oslo", "--set", PEERS + ":exchange=false")));
        Cable cable = closing(new Cable(shown.listenAddress().orElseThrow()));
        IppanNode bern = node("bern", cable.address());
        node("lima", at(bern));
        oslo.awaitReady();
        browser = closing(Browser.start());
        browser.showOn(1400, "light");
        browser.open("http://" + shown.httpAddress().orElseThrow() + "/");
        awaitNodes("ok=" + ALL);
        browser.awaitText("#verdict-title", "The network carries messages; all 6 nodes are well.");

        wrongKey();
        slowSubscriber(lyon);
        fullListener(lyon);
        banned(paris);
        cable.cut();
        shows("split");
        cable.mend();
        awaitNodes("gone=0");
        oslo.kill();
        shows("node killed");
        assertEquals(6, PRINTED_TEXTS.size());
        assertEquals(List.of(), browser.complaints());
    }

    private void awaitNodes(String counts) {
        Eventually.until(() -> counts + " of " + shown.service(NetworkView.class).nodes(), SOON,
                () -> lower(shown.service(NetworkView.class).snapshot().nodes().toString()).contains(counts));
    }

    private void wrongKey() {
        IppanNode rome = node("rome", Map.of("networkKey", "0123456789abcdef0123456789abcdef"));
        PeerAddress there = PeerAddress.parse(at(rome));
        shown.service(PeerAdmin.class).add(there, "rome");

        shows("wrong key");
        shown.service(PeerAdmin.class).remove(there);
    }

    private void banned(IppanNode paris) {
        shown.service(ReputationAdmin.class).ban(paris.id(), Duration.ofHours(1), "sends spam");

        shows("banned peer");
    }

    /** A program that asked for messages over HTTP and takes none of them. */
    private void slowSubscriber(IppanNode publisher) throws IOException {
        try (Socket program = new Socket()) {
            program.setReceiveBufferSize(4096);
            PeerAddress address = shown.httpAddress().orElseThrow();
            program.connect(new InetSocketAddress(address.host(), address.port()));
            program.getOutputStream().write(("GET /api/v1/messages?topic=pictures HTTP/1.1\r\nHost: " + address
                    + "\r\nAuthorization: Bearer " + ShownNetwork.TOKEN + "\r\n\r\n").getBytes(US_ASCII));
            Eventually.until("it is dropped for", SOON, () -> {
                publish(publisher, "pictures", 500_000);
                // Six nodes of one JVM that are flooded would have no time left to tell of anything.
                LockSupport.parkNanos(BETWEEN_PICTURES.toNanos());
                return glance().contains("Programs subscribed over HTTP read too slowly: ")
                        && glance().contains("Have them read faster, or subscribe to fewer topics; each is told how"
                                + " many it missed, and no node waits for them.");
            });
            shows("slow subscriber");
        }
    }

    private String glance() {
        return shown.service(Doctor.class).glance().toString();
    }

    private void publish(IppanNode from, String topic, int bytes) {
        from.gossip().publish(Message.of(Topic.of(topic), new byte[bytes]).withNonce(nonce++));
    }

    private void fullListener(IppanNode publisher) {
        LedgerWriter writer = new LedgerWriter();
        IppanNode.Registration registered = shown.register(GossipListener.class, writer,
                Map.of(GossipListener.TOPIC, "ledger", GossipListener.QUEUE, 64));
        for (int i = 0; i < 100; i++) {
            publish(publisher, "ledger", 10);
        }
        shows("full listener");
        writer.database.countDown();
        registered.close();
    }

    /** Waits for something that does not come. */
    private static final class LedgerWriter implements GossipListener {

        private final CountDownLatch database = new CountDownLatch(1);

        @Override
        public void onMessage(ReceivedMessage message) {
            try {
                database.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void shows(String fault) {
        String printed = normalised(PRINTED_TEXTS.getOrDefault(fault, "nothing is printed"));
        Eventually.until(() -> fault + ": " + printed + "\n" + String.join("\n", faults()), SOON,
                () -> faults().stream().map(FaultTextsIT::normalised).anyMatch(printed::equals));
        String check = printed.split(" ")[1];
        assertEquals(true, browser.run("return document.querySelector(`#wrong a[href='docs/findings#${arguments[0]}']`)"
                + " !== null", check), "a link to what the documents say of " + check);
        // The same words in every console: only how long is the page's own. Each is asked at its own time.
        String words = lower(printed.replace(" For TIME.", ""));
        Eventually.until(() -> words + "\n" + told(), SOON, () -> lower(told()).contains(words));
    }

    /** What the doctor says. */
    private String told() {
        return shown.service(Doctor.class).glance().stream().map(finding -> finding.severity() + " "
                + finding.check() + " " + finding.text() + " " + finding.advice()).map(FaultTextsIT::normalised)
                .collect(Collectors.joining("\n"));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked")
    private List<String> faults() {
        return (List<String>) browser.run(FAULTS);
    }

    /** Without what differs each time. */
    private static String normalised(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("For [\\d.]+ (s|min)( \\d+ s)?\\.", "For TIME.")
                .replaceAll("\\b[0-9a-f]{8}\\b", "ID").replaceAll("\\S*LedgerWriter", "LedgerWriter")
                .replaceAll("\\d+", "N").strip();
    }
}
