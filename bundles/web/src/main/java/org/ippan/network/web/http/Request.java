// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What was asked.
 *
 * @param method of HTTP
 * @param path decoded, without the query
 * @param parameters of the query, or of the form in the body of a POST
 * @param headers as they came
 * @param client address of the client
 */
public record Request(HttpMethod method, String path, Map<String, List<String>> parameters, HttpHeaders headers,
        String client) {

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException if its address is malformed
     */
    static Request of(FullHttpRequest http, String client) {
        QueryStringDecoder uri = new QueryStringDecoder(http.uri());
        boolean post = http.method().equals(HttpMethod.POST);
        Map<String, List<String>> parameters = post
                ? new QueryStringDecoder(http.content().toString(StandardCharsets.UTF_8), false).parameters()
                : uri.parameters();
        return new Request(http.method(), uri.path(), parameters, http.headers(), client);
    }

    public boolean isPost() {
        return method.equals(HttpMethod.POST);
    }

    /** The value of a parameter, or empty. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, List.of("")).get(0).trim();
    }

    /** The number of a parameter, or 0. */
    public double decimal(String name) {
        String text = parameter(name);
        try {
            return text.isEmpty() ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(name + " must be a number");
        }
    }

    /** The whole number of a parameter, or a default. */
    public long number(String name, long otherwise) {
        String text = parameter(name);
        try {
            return text.isEmpty() ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(name + " must be a whole number");
        }
    }
}
