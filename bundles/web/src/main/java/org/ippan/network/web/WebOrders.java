// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.web.http.Answer;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;
import org.ippan.network.web.http.WebCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders of clients with the token. Each is logged with the address it came from. Safe for any thread. */
final class WebOrders {

    private static final Logger LOG = LoggerFactory.getLogger(WebOrders.class);
    private static final Pattern OF_A_PEER = Pattern.compile("/peers/([0-9a-f]{64})/(ban|pardon|disconnect)");

    private final Orders orders;
    private final SettingsOrders settings;
    private final WebCounters counters;

    WebOrders(Orders orders, SettingsOrders settings, WebCounters counters) {
        this.orders = orders;
        this.settings = settings;
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
        return ofPeer.matches() ? ofPeer(ofPeer.group(1), ofPeer.group(2), request) : ofNode(path, request);
    }

    private String ofPeer(String peer, String order, Request request) {
        String reason = reason(request);
        return switch (order) {
            case "ban" -> orders.ban(peer, request.number("seconds", 0), reason);
            case "pardon" -> orders.pardon(peer).text();
            default -> orders.disconnect(peer, reason).text();
        };
    }

    private static String reason(Request request) {
        String reason = request.parameter("reason").replaceAll("\\p{Cntrl}", " ");
        return reason.isEmpty() ? Orders.NO_REASON : reason;
    }

    private String ofNode(String path, Request request) {
        return switch (path) {
            case "/connect" -> orders.connect(request.parameter("address"));
            case "/unblock" -> orders.unblock(request.parameter("address")).text();
            case "/publish" -> orders.publish(request.parameter("topic"), request.parameter("text"));
            default -> throw Refusal.notFound();
        };
    }
}
