// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.web;

import org.ippan.network.api.snapshot.Measure;

/**
 * What the page and its neighbours over HTTP tell about themselves.
 *
 * @param boundAddress where the page is, or empty
 * @param listenError why there is no page, or empty
 * @param connections connections open
 * @param accepted connections accepted
 * @param refused connections closed at once because there were too many
 * @param timedOut connections closed because a request or its answer took too long
 * @param requests requests answered
 * @param requestsRefused requests refused, whatever the reason
 * @param unauthorized requests with a wrong token, or without the one they needed
 * @param orders orders carried out
 * @param streams clients subscribed now
 * @param published messages published for programs
 * @param told messages told to subscribed clients
 * @param lost messages dropped because a subscribed client was too slow
 */
public record WebSnapshot(
        @Measure("Address the page is at; empty while it is not.") String boundAddress,
        @Measure("Why there is no page; empty if there is, or if it is switched off.") String listenError,
        @Measure(value = "Connections of browsers and scrapers open now.", unit = "connections") int connections,
        @Measure(value = "Connections accepted.", unit = "connections", counter = true) long accepted,
        @Measure(value = "Connections closed at once because there were too many.", unit = "connections",
                counter = true) long refused,
        @Measure(value = "Connections closed because a request or its answer took too long.", unit = "connections",
                counter = true) long timedOut,
        @Measure(value = "Requests answered.", unit = "requests", counter = true) long requests,
        @Measure(value = "Requests refused: malformed, not allowed, or for something that is not there.",
                unit = "requests", counter = true) long requestsRefused,
        @Measure(value = "Requests with a wrong token, or without the one they needed.", unit = "requests",
                counter = true) long unauthorized,
        @Measure(value = "Orders carried out: bans, pardons, dials, disconnections, messages published.",
                unit = "orders", counter = true) long orders,
        @Measure(value = "Clients subscribed to topics now.", unit = "streams") int streams,
        @Measure(value = "Messages published for programs.", unit = "messages", counter = true) long published,
        @Measure(value = "Messages told to subscribed clients.", unit = "messages", counter = true) long told,
        @Measure(value = "Messages not told to a subscribed client because it was too slow.", unit = "messages",
                counter = true) long lost) {
}
