// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ippan.network.api.json.Json;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param type what the body is
 * @param body never changed once given
 * @param headers beside those every answer has
 */
public record Answer(HttpResponseStatus status, String type, byte[] body, Map<CharSequence, String> headers) {

    private static final String JSON = "application/json; charset=utf-8";

    public static Answer of(String type, byte[] body) {
        return new Answer(HttpResponseStatus.OK, type, body, Map.of());
    }

    public static Answer json(Object value) {
        return json(HttpResponseStatus.OK, value);
    }

    public static Answer json(HttpResponseStatus status, Object value) {
        return new Answer(status, JSON, Json.of(value).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Answer refusal(Refusal why) {
        return json(why.status(), Map.of("error", why.getMessage()));
    }
}
