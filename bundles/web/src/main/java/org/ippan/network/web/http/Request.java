// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
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
 * @param body of a request whose body is no form, else empty
 * @param headers as they came
 * @param client address of the client
 */
public record Request(HttpMethod method, String path, Map<String, List<String>> parameters, byte[] body,
        HttpHeaders headers, String client) {

    private static final byte[] NONE = {};

    /**
     * Reads a request whose POST brings a form.
     *
     * @throws IllegalArgumentException if its address is malformed
     */
    static Request withForm(FullHttpRequest http, String client) {
        QueryStringDecoder uri = new QueryStringDecoder(http.uri());
        Map<String, List<String>> parameters = http.method().equals(HttpMethod.POST)
                ? new QueryStringDecoder(http.content().toString(StandardCharsets.UTF_8), false).parameters()
                : uri.parameters();
        return new Request(http.method(), uri.path(), parameters, NONE, http.headers(), client);
    }

    /**
     * Reads a request whose body is bytes, and whose parameters are those of the query.
     *
     * @throws IllegalArgumentException if its address is malformed
     */
    static Request withBytes(FullHttpRequest http, String client) {
        return of(http, ByteBufUtil.getBytes(http.content()), client);
    }

    /**
     * Reads a request whose body has not come yet.
     *
     * @throws IllegalArgumentException if its address is malformed
     */
    static Request head(HttpRequest http, String client) {
        return of(http, NONE, client);
    }

    private static Request of(HttpRequest http, byte[] body, String client) {
        QueryStringDecoder uri = new QueryStringDecoder(http.uri());
        return new Request(http.method(), uri.path(), uri.parameters(), body, http.headers(), client);
    }

    public boolean isPost() {
        return method.equals(HttpMethod.POST);
    }

    /** The value of a parameter, or empty. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, List.of("")).get(0).trim();
    }

    /** All values of a parameter. */
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
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
