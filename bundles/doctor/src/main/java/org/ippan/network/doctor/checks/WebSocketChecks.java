// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.setting;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.ScoreWords;
import org.ippan.network.doctor.look.Services;
import org.ippan.network.doctor.look.Times;

/** Whether links inside WebSocket come up both ways, and count as links of their own behind a reverse proxy. */
public final class WebSocketChecks {

    private static final String BUNDLE = "transport.websocket";
    private static final String ENABLED = "enabled";
    private static final String PROXIES = "trustedProxies";
    private static final String PID = Services.PREFIX + BUNDLE;
    private static final Set<String> SCHEMES = Set.of("ws", "wss");

    /** To renew a certificate by hand. */
    private static final Duration ENDS_SOON = Duration.ofDays(14);

    private final Look look;
    private final Times times;

    public WebSocketChecks(Look look, Times times) {
        this.look = look;
        this.times = times;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("websocket", this::webSocket);
    }

    private void webSocket(Findings findings) {
        look.services().told(WebSocketSnapshot.class).forEach(here -> {
            listening(findings, here);
            certificate(findings, here.certificateEndsMillis());
            unnamed(findings, here);
        });
        if (look.services().peers() != null) {
            dialling(findings, look.services().peers());
            proxy(findings, look.services().peers());
        }
    }

    private static void listening(Findings findings, WebSocketSnapshot here) {
        if (!here.listenError().isEmpty()) {
            findings.warn("websocket", "The node accepts no WebSocket connections: " + here.listenError() + ".",
                    "Correct what is named there; if it is the address, free it or set another listenAddress of "
                            + PID + ".", setting(BUNDLE, "listenAddress"));
        } else if (!here.boundAddress().isEmpty()) {
            findings.ok("websocket", "The node accepts WebSocket connections at " + here.boundAddress() + ".");
        }
    }

    private void certificate(Findings findings, long endsMillis) {
        Instant ends = Instant.ofEpochMilli(endsMillis);
        Duration left = Duration.between(times.clock().instant(), ends);
        if (endsMillis == 0 || left.compareTo(ENDS_SOON) > 0) {
            return;
        }
        String when = left.isNegative() ? "ended " + times.ago(ends) + ": peers that check it do not connect."
                : "ends " + times.until(ends) + ".";
        findings.warn("websocket", "The certificate of WebSocket connections " + when, "Renew it in the files that"
                + " certificate and privateKey of " + PID + " name; they are read again by themselves.",
                setting(BUNDLE, "certificate"), setting(BUNDLE, "privateKey"));
    }

    /** One that names clients names them all, as a rule: the others are neighbours that dial for themselves. */
    private static void unnamed(Findings findings, WebSocketSnapshot here) {
        if (here.unnamed() > 0 && here.forwarded() == 0) {
            findings.warn("websocket", ScoreWords.count(here.unnamed(), "WebSocket connection")
                    + " came from trusted proxies without X-Forwarded-For: limits and blocks count the peers behind a"
                    + " proxy as one.", "Let the reverse proxy write that header; if there is none, clear"
                    + " trustedProxies of " + PID + ".", setting(BUNDLE, PROXIES));
        }
    }

    private void dialling(Findings findings, PeerDirectory peers) {
        long wanted = peers.peers().stream().filter(Peer::configured).filter(WebSocketChecks::inWebSocket).count();
        if (wanted > 0 && look.services().text(BUNDLE, ENABLED).equals(Optional.of("false"))) {
            findings.warn("websocket", ScoreWords.count(wanted, "configured peer") + " at ws:// or wss:// addresses not"
                    + " dialled, as WebSocket is off.", "Set enabled = true of " + PID + ".",
                    setting(BUNDLE, ENABLED));
        }
    }

    /** One machine has one node, as a rule: several behind an address are behind a proxy. */
    private void proxy(Findings findings, PeerDirectory peers) {
        if (look.services().text(BUNDLE, PROXIES).equals(Optional.of(""))) {
            Stream<Peer> accepted = peers.peers().stream().filter(Peer::connected)
                    .filter(WebSocketChecks::inWebSocket).filter(peer -> peer.direction() == Direction.INBOUND);
            accepted.collect(Collectors.groupingBy(peer -> peer.address().host(), Collectors.counting()))
                    .forEach((host, count) -> shared(findings, host, count));
        }
    }

    private static void shared(Findings findings, String host, long count) {
        if (count > 1) {
            findings.warn("websocket", count + " peers come from " + host + ": limits and blocks count them as one.",
                    "If that is a reverse proxy, add it to trustedProxies of " + PID + ".",
                    setting(BUNDLE, PROXIES));
        }
    }

    private static boolean inWebSocket(Peer peer) {
        return SCHEMES.contains(peer.address().scheme());
    }
}
