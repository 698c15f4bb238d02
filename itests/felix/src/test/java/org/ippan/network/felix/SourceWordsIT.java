// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What is said of a search for peers that fails, and of settings of the bundles that look outside. */
public class SourceWordsIT {

    private static final String DISCOVERY = "org.ippan.network.discovery";
    private static final String NAT = "org.ippan.network.nat";
    private static final String CHAOS = "org.ippan.network.chaos";
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(SourceWordsIT.class.getSimpleName());
    private static final int MORE_THAN_A_MEBIBYTE = (1 << 20) + 1;

    private final ErrorOutput log = new ErrorOutput();
    private final List<String> wrong = new ArrayList<>();
    private PlainFelix felix;
    private HttpServer server;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        // In the place of a folder: what nat keeps cannot be kept.
        Files.writeString(Files.createDirectories(FOLDER.resolve("state")).resolve("nat"), "a file");
        felix = new PlainFelix(FOLDER);
        felix.start(List.of(DISCOVERY, NAT, CHAOS));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/long", "x".repeat(MORE_THAN_A_MEBIBYTE));
        serve("/page", "<html>\n");
        server.start();
    }

    private void serve(String path, String body) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, body.length());
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body.getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    @After
    public void stop() {
        server.stop(0);
        felix.close();
        log.close();
    }

    private String error(String source) {
        return felix.told(DiscoverySnapshot.class).filter(each -> each.source().equals(source))
                .map(DiscoverySnapshot::lastError).collect(Collectors.joining());
    }

    private void fails(String source, String why, Map<String, Object> settings) throws Exception {
        felix.configure(DISCOVERY + "." + source, settings);
        Eventually.until(() -> "'" + why + "', not '" + error(source) + "'", NodeInside.SOON,
                () -> error(source).contains(why));
    }

    @Test
    public void shouldSayWhyASearchFails() throws Exception {
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        fails("http", "/away: the server answered 404; expected 200 and text/plain, redirects are not followed",
                Map.of("urls", at + "/away"));
        fails("http", "/long: the answer has more than 1048576 bytes", Map.of("urls", at + "/long"));
        fails("http", "/page: no line of the answer is an address record; a node with the bundle web serves them at"
                + " /api/v1/records", Map.of("urls", at + "/page"));

        Path file = Files.writeString(FOLDER.resolve("peers"), "# ours\nparis\n");
        fails("file", file + "-gone does not exist", Map.of("path", file + "-gone"));
        fails("file", FOLDER + " is no regular file", Map.of("path", FOLDER.toString()));
        fails("file", "line 2 of " + file + " is no address: write host:port or host:port#peerId",
                Map.of("path", file.toString()));
        log.says("WARN", "Discovery failed: " + file + "-gone does not exist. What was found before stays; next search"
                + " in ");
        Path large = Files.writeString(FOLDER.resolve("large"), "x".repeat(MORE_THAN_A_MEBIBYTE));
        fails("file", large + " has more than 1048576 bytes", Map.of("path", large.toString()));
        Path good = Files.writeString(FOLDER.resolve("good"), "192.0.2.1:9700\n");
        fails("file", "", Map.of("path", good.toString()));
        log.says("INFO", "Discovery works again. source=file found=1");

        fails("dns", "name server 127.0.0.1 port 1 failed for paris.test A: nothing listens there",
                Map.of("names", "paris.test:9700", "servers", "127.0.0.1:1", "timeoutSeconds", "1"));
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            fails("dns", "name server 127.0.0.1 port " + silent.getLocalPort() + " did not answer within 1000 ms for"
                    + " paris.test ", Map.of("names", "paris.test:9700", "servers", "127.0.0.1:"
                    + silent.getLocalPort(), "timeoutSeconds", "1"));
        }
        failsToFind(OddNameServer.Way.ALIASES, "more than 8 aliases (CNAME) lead on from paris.test");
        failsToFind(OddNameServer.Way.HALF, "the answer is cut short");
        failsToFind(OddNameServer.Way.ANOTHER, "it answered another question");
        failsToFind(OddNameServer.Way.MANY, "one search would need more than 784 questions; it ended at ");
        failsToFind(OddNameServer.Way.BROKEN, " more targets of _ippan._tcp.paris.test)");
        fails("mdns", "there is no network interface nowhere0; there are ", Map.of("enabled", "true", "interfaces",
                "nowhere0"));
        failsToMap("pcp", "pcp: 127.0.0.1 port 5351: nothing listens there");
        failsToMap("upnp", "upnp: no router answered within 1000 ms");
        log.says("WARN", "The nonce of PCP cannot be kept: after a restart the router holds old mappings until their"
                + " leases end. error=" + FOLDER.resolve("state").resolve("nat") + ": it is a file, not a folder");
        for (String configured : List.of("Discovery http configured: ", "Mapping at the router configured: ")) {
            log.says("INFO", configured);
        }
    }

    private void failsToFind(OddNameServer.Way way, String why) throws Exception {
        try (OddNameServer odd = new OddNameServer(way)) {
            boolean service = way == OddNameServer.Way.MANY || way == OddNameServer.Way.BROKEN;
            fails("dns", why, Map.of("names", service ? "_ippan._tcp.paris.test" : "paris.test:9700", "servers",
                    odd.address(), "timeoutSeconds", "2"));
        }
    }

    private void failsToMap(String protocol, String why) throws Exception {
        felix.configure(NAT, Map.of("enabled", "true", "gateway", "127.0.0.1", "ports", "9700", "timeoutSeconds", "1",
                "protocols", protocol));
        Eventually.until(() -> why + ", not " + felix.told(NatSnapshot.class).toList(), NodeInside.SOON,
                () -> felix.told(NatSnapshot.class).anyMatch(each -> each.toString().contains(why)));
    }

    private void refuses(String pid, String rule, String... values) {
        Map<String, Object> changes = new HashMap<>();
        for (String value : values) {
            changes.put(value.replaceFirst("=.*", ""), value.replaceFirst("^\\w+=", ""));
        }
        String said = felix.settings(pid).check(changes).orElse("nothing");
        if (!said.contains(rule)) {
            wrong.add(pid + " " + String.join(" ", values) + ": '" + rule + "' is not in '" + said + "'");
        }
    }

    @Test
    public void shouldSayWhichRuleAValueBreaks() {
        refuses(DISCOVERY + ".dns", "must be at most 16 names like _ippan._tcp.example.org,"
                + " _ippan-wss._tcp.example.org or host.example.org:9700", "names=paris");
        refuses(DISCOVERY + ".dns", "must be IP addresses like 192.0.2.53, 127.0.0.1:5353 or [2001:db8::53]:53",
                "servers=paris:53");
        refuses(DISCOVERY + ".dns", "must be at most 4 IP addresses",
                "servers=192.0.2.1,192.0.2.2,192.0.2.3,192.0.2.4,192.0.2.5");
        refuses(DISCOVERY + ".file", "must be the path of a file", "path=a\0b");
        refuses(DISCOVERY + ".http", "must be https://host/path without user and fragment, or http:// with a loopback"
                + " address", "urls=http://paris.example/");
        refuses(DISCOVERY + ".http", "must be at most 16 URLs", "urls=" + "https://paris.example/,".repeat(17));
        refuses(DISCOVERY + ".mdns", "must be at most 16 names or IP addresses of interfaces",
                "interfaces=" + "lo,".repeat(17));
        refuses(NAT, "must be one or more of pcp, nat-pmp, upnp, each once", "protocols=pcp,pcp");
        refuses(NAT, "must be at most 8 whole numbers from 1 to 65535, each alone or behind one scheme: 9700, tcp:9700,"
                + " wss:443", "ports=0");
        refuses(NAT, "must be an IP address, or left out", "gateway=paris");
        refuses(CHAOS, "must be at most 64 peer ids of 64 hex digits", "peers=paris");
        refuses(CHAOS, "extraLatencyMillisMax = 5: must be not less than extraLatencyMillisMin, which is 10",
                "extraLatencyMillisMax=5", "extraLatencyMillisMin=10");

        assertEquals("", String.join("\n", wrong));
    }
}
