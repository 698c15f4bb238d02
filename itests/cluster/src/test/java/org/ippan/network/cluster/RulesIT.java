// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.node.IppanNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rule of every setting that has one of its own, as an operator reads it who breaks it: nothing is changed. */
@Tag(Nodes.WAITING)
class RulesIT {

    private static final String WEB_SOCKET = "transport.websocket";
    private static final String NO_FILE = "/nowhere/at.all";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final List<String> wrong = new ArrayList<>();
    private IppanNode node;

    private LiveSettings<?> settings(String bundle) {
        return node.findAll(Configurable.class).stream().map(Configurable::settings)
                .filter(each -> each.schema().pid().equals("org.ippan.network." + bundle)).findFirst().orElseThrow();
    }

    /** Values as {@code key=value}, of which the last is the one that is refused. */
    private void refuses(String bundle, String rule, String... values) {
        Map<String, Object> changes = new HashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            changes.put(value.substring(0, equals), value.substring(equals + 1));
        }
        String said = settings(bundle).check(changes).orElse("nothing");
        if (!said.contains(rule)) {
            wrong.add(bundle + " " + String.join(" ", values) + ": '" + rule + "' is not in '" + said + "'");
        }
    }

    @Test
    void shouldSayWhichRuleAValueBreaks() {
        node = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0));
        refuseServices();
        refusePeers();
        refuseTransport();
        refuseWebSocket();
        refuseWeb();

        assertEquals("", String.join("\n", wrong));
    }

    private void refuseServices() {
        refuses("health", "checkTimeoutSeconds = 5: must be at most checkIntervalSeconds, which is 2",
                "checkIntervalSeconds=2");
        refuses("health", "leastTimeoutMillis = 2000: must be at most checkTimeoutSeconds, which is 1",
                "checkTimeoutSeconds=1", "leastTimeoutMillis=2000");
        refuses("health", "staleSeconds = 20: must be more than checkIntervalSeconds, which is 30", "staleSeconds=20");
        refuses("health", "degradedThreshold = 5: must be at most failureThreshold, which is 3",
                "degradedThreshold=5");
        refuses("reputation", "banThreshold = -50: must be below warnThreshold, which is -100", "banThreshold=-50");
        refuses("gossip", "must be 0 or at least maxMessageBytes, which is ", "cacheBytes=100000");
        refuses("management", "domainNode = a b: must be letters, digits, - and _", "domainNode=a b");
        refuses("survey", "must be at most 32 bytes of UTF-8 without control characters", "name=" + "n".repeat(33));
    }

    private void refusePeers() {
        String seeds = ": must be addresses like host:port or host:port#peerId, the id of 64 hex digits, the port not"
                + " 0";
        refuses("peers", "seeds = paris" + seeds, "seeds=paris");
        refuses("peers", "seeds = paris:0" + seeds, "seeds=paris:0");
        refuses("peers", "must be at most 4 addresses like host:port or wss://host:port/path that peers can dial, each"
                + " at most 64 characters with its scheme, the port not 0", "advertise=paris:0");
        refuses("peers", "allow = paris: must be peer ids of 64 hex digits", "allow=paris");
        refuses("peers", "exemptNets = 10.0.0.0: must be networks like 10.0.0.0/8 or fc00::/7", "exemptNets=10.0.0.0");
        refuses("peers", "must be at most 64 printable ASCII characters", "agent=" + "a".repeat(65));
        refuses("peers", "backoffMinSeconds = 9: must be at most backoffMaxSeconds, which is 8", "backoffMaxSeconds=8",
                "backoffMinSeconds=9");
        refuses("peers", "networkId is empty: must be 1 to 100 characters without control characters (leave the key"
                + " out for the network that is called default)", "networkId=");
        refuses("peers", "secondNetworkKey = ***: must be left out while there is no networkKey (set networkKey, or"
                + " leave secondNetworkKey out)", "secondNetworkKey=the-key-of-next-month-3");
        refuses("peers", "networkKey is empty: must be a text (leave the key out for none)", "networkKey=");
    }

    private void refuseTransport() {
        refuses("transport", "allowPlaintext = false: must be true where tls=false is offered to other machines: switch"
                + " TLS on, listen on a loopback address, or say that you mean it", "listenAddress=0.0.0.0:0",
                "tls=false");
        refuses("transport", "outboundBytesPerSecond = 5: must be 0 for no limit, or at least 1024",
                "outboundBytesPerSecond=5");
        refuses("transport", "listenAddress = paris: must be host:port or host:from-to with ports up to 65535",
                "listenAddress=paris");
    }

    private void refuseWebSocket() {
        String identity = nodes.path("node").resolve("state").resolve("transport").resolve("identity.pem").toString();
        refuses(WEB_SOCKET, "path = ippan: must be a slash and at most 127 letters, digits and . _ ~ / -",
                "path=ippan");
        refuses(WEB_SOCKET, ": must be a PEM file with the certificate and those that certify it (correct the path or"
                + " the file: ", "privateKey=" + NO_FILE, "certificate=" + NO_FILE);
        refuses(WEB_SOCKET, ": must be a PEM file with the private key of certificate, PKCS #8 without a password"
                + " (correct the path or the file: ", "certificate=" + identity, "privateKey=" + NO_FILE);
        refuses(WEB_SOCKET, ": must be any, system, or a PEM file with certificates (correct the path or the file: the"
                + " system has no such paths)", "outerTrust=a\0b");
        refuses(WEB_SOCKET, ": must be at most 64 networks (combine them to larger ones)", "trustedProxies="
                + IntStream.range(0, 65).mapToObj(each -> "10.0." + each + ".0/24").collect(Collectors.joining(",")));
        refuses(WEB_SOCKET, "trustedProxies = paris: must be networks like 127.0.0.1/32 or fc00::/7 (a single address"
                + " has /32 behind it, or /128 with IPv6)", "trustedProxies=paris");
        refuses(WEB_SOCKET, "proxyUser = me:secret: must be a name without a colon (the password goes into"
                + " proxyPassword)", "proxyUser=me:secret");
        refuses(WEB_SOCKET, "proxy = ftp://paris:21: must be http://host:port, or empty (user and password go into"
                + " proxyUser and proxyPassword; a proxy is reached without TLS)", "proxy=ftp://paris:21");
        refuses(WEB_SOCKET, "noProxy = *.test: must be networks like 10.0.0.0/8 and names of hosts or domains"
                + " (example.org stands for all that ends with .example.org; leave out ports and asterisks)",
                "noProxy=*.test");
    }

    private void refuseWeb() {
        refuses("web", "token = ***: must be 16 to 1000 visible ASCII characters without spaces, or the key left out",
                "token=short");
        refuses("web", "token is empty: must be set where listenAddress is reached from other machines (set a token of"
                + " 16 or more characters, or listen on a loopback address)", "listenAddress=0.0.0.0:0");
        refuses("web", "door = true: must be false while no token is set (set a token of 16 or more characters, too)",
                "door=true");
    }
}
