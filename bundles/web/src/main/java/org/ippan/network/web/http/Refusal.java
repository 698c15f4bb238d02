// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Why a request is not granted, in words for the client that sent it. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient HttpResponseStatus status;

    public Refusal(HttpResponseStatus status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    public static Refusal badRequest(String reason) {
        return new Refusal(HttpResponseStatus.BAD_REQUEST, reason);
    }

    public static Refusal notFound() {
        return new Refusal(HttpResponseStatus.NOT_FOUND, "there is nothing at this address");
    }

    public static Refusal unavailable(String reason) {
        return new Refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, reason);
    }

    public HttpResponseStatus status() {
        return status;
    }
}
