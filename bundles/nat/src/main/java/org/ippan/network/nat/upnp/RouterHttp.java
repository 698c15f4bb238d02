// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the web server of a router: no redirects, no proxy, bounded in bytes and in time from the first to the last.
 *
 * @param limitMillis for one request with its answer
 * @param watch ends requests that take longer
 */
record RouterHttp(int limitMillis, ScheduledExecutorService watch) {

    /** Most bytes of an answer. */
    static final int MAX_BYTES = 64 * 1024;

    /** What was answered. */
    record Reply(int code, byte[] body) {
    }

    Reply get(URI url) throws IOException {
        return ask(url, "", "");
    }

    Reply post(URI url, String action, String body) throws IOException {
        return ask(url, action, body);
    }

    private Reply ask(URI url, String action, String body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> limit = limit(connection, late);
        try {
            prepare(connection);
            if (!action.isEmpty()) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                connection.setRequestMethod("POST");
                connection.setDoOutput(true);
                // Not streamed: then the JDK repeats a request once that a router dropped, and orders may be repeated.
                connection.setRequestProperty("Content-Type", "text/xml; charset=\"utf-8\"");
                connection.setRequestProperty("SOAPAction", '"' + action + '"');
                connection.getOutputStream().write(bytes);
            }
            int code = connection.getResponseCode();
            return new Reply(code, body(code < 400 ? connection.getInputStream() : connection.getErrorStream()));
        } catch (IOException | RuntimeException e) {
            String text = late.get() ? "the answer was not complete within " + limitMillis + " ms" : e.getMessage();
            throw new IOException(url + ": " + text, e);
        } finally {
            limit.cancel(false);
            connection.disconnect();
        }
    }

    private void prepare(HttpURLConnection connection) {
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(limitMillis);
        connection.setReadTimeout(limitMillis);
        connection.setRequestProperty("Connection", "close");
    }

    private static byte[] body(InputStream from) throws IOException {
        if (from == null) {
            return new byte[0];
        }
        try (InputStream in = from) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new IOException("the answer has more than " + MAX_BYTES + " bytes");
            }
            return body;
        }
    }

    private ScheduledFuture<?> limit(HttpURLConnection connection, AtomicBoolean late) throws IOException {
        try {
            return watch.schedule(() -> {
                late.set(true);
                connection.disconnect();
            }, limitMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException("the bundle stops", e);
        }
    }
}
