// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.web.http.Answer;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;
import org.ippan.network.web.http.WebCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client with the token may have done. Each order is logged with the address it came from. Safe for any thread.
 */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final Pattern OF_A_PEER = Pattern.compile("/peers/([0-9a-f]{64})/(ban|pardon|disconnect)");
    private static final String DEFAULT_REASON = "by an operator";

    private final NodeServices services;
    private final SettingsOrders settings;
    private final WebCounters counters;

    Orders(NodeServices services, WebCounters counters) {
        this.services = services;
        settings = new SettingsOrders(services);
        this.counters = counters;
    }

    /**
     * Carries out an order.
     *
     * @param path of the order below the root of the interface
     * @param request with its parameters
     * @return what was done, in a sentence
     */
    Answer carryOut(String path, Request request) {
        try {
            if (path.equals(SettingsOrders.CHECK)) {
                return settings.check(request);
            }
            String done = done(path, request);
            counters.orders.increment();
            LOG.info("{} over HTTP from {}: {}", path, request.client(), done);
            return Answer.json(Map.of("done", done));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    private String done(String path, Request request) {
        if (path.startsWith(SettingsOrders.PATH)) {
            return settings.carryOut(path.substring(SettingsOrders.PATH.length()), request);
        }
        Matcher ofPeer = OF_A_PEER.matcher(path);
        return ofPeer.matches() ? ofPeer(services.finder().id(ofPeer.group(1)), ofPeer.group(2), request)
                : ofNode(path, request);
    }

    private String ofPeer(PeerId peer, String order, Request request) {
        String reason = reason(request);
        return switch (order) {
            case "ban" -> ban(peer, request.number("seconds", 0), reason);
            case "pardon" -> services.require(ReputationAdmin.class).pardon(peer)
                    ? peer.shortForm() + " is pardoned." : peer.shortForm() + " was not banned.";
            default -> services.require(PeerAdmin.class).disconnect(peer, reason)
                    ? peer.shortForm() + " is disconnected." : peer.shortForm() + " was not connected.";
        };
    }

    private String ban(PeerId peer, long seconds, String reason) {
        services.require(ReputationAdmin.class).ban(peer, Duration.ofSeconds(seconds), reason);
        return peer.shortForm() + " is banned " + (seconds == 0 ? "for ever." : "for " + seconds + " s.");
    }

    private static String reason(Request request) {
        String reason = request.parameter("reason").replaceAll("\\p{Cntrl}", " ");
        return reason.isEmpty() ? DEFAULT_REASON : reason;
    }

    private String ofNode(String path, Request request) {
        return switch (path) {
            case "/connect" -> {
                PeerAddress address = PeerAddress.parse(request.parameter("address"));
                services.require(PeerAdmin.class).connect(address);
                yield "Dialling " + address + ".";
            }
            case "/unblock" -> services.require(PeerAdmin.class).unblock(request.parameter("address"))
                    ? request.parameter("address") + " is heard again." : "It was not blocked.";
            case "/publish" -> publish(request);
            default -> throw Refusal.notFound();
        };
    }

    /** A nonce of its own, so that equal texts are separate messages. */
    private String publish(Request request) {
        PublishResult result = services.require(Gossip.class).publish(Message.of(Topic.of(request.parameter("topic")),
                request.parameter("text").getBytes(StandardCharsets.UTF_8)).withNonce(System.nanoTime()));
        if (!result.accepted()) {
            throw Refusal.unavailable("not published: " + result.status().text());
        }
        return "Published " + result.id().map(Object::toString).orElse("") + ".";
    }
}
