// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.json.Json;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param type what the body is
 * @param body never changed once given
 * @param headers beside those every answer has
 * @param events what follows for as long as the client reads, instead of a body
 */
public record Answer(HttpResponseStatus status, String type, byte[] body, Map<CharSequence, String> headers,
        Optional<EventSource> events) {

    private static final String JSON = "application/json; charset=utf-8";

    public static Answer of(String type, byte[] body) {
        return new Answer(HttpResponseStatus.OK, type, body, Map.of(), Optional.empty());
    }

    public static Answer stream(String type, EventSource events) {
        return new Answer(HttpResponseStatus.OK, type, new byte[0], Map.of(), Optional.of(events));
    }

    public static Answer json(Object value) {
        return json(HttpResponseStatus.OK, value);
    }

    public static Answer json(HttpResponseStatus status, Object value) {
        return new Answer(status, JSON, Json.of(value).getBytes(StandardCharsets.UTF_8), Map.of(), Optional.empty());
    }

    public static Answer refusal(Refusal why) {
        Answer answer = json(why.status(), Map.of("error", why.getMessage()));
        return why.status().equals(HttpResponseStatus.UNAUTHORIZED)
                ? answer.with(Map.of(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"ippan-network\"")) : answer;
    }

    /** The same with these headers. */
    public Answer with(Map<CharSequence, String> others) {
        return new Answer(status, type, body, others, events);
    }
}
