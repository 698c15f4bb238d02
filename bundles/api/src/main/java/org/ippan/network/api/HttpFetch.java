// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Asks web servers that may be hostile: no redirects, no proxy, bounded in bytes and in time from the first to the
 * last. Blocks its caller; safe for any thread.
 *
 * @param limitMillis for one request with its answer
 * @param maxBytes most bytes of an answer
 * @param watch ends requests that take longer
 */
public record HttpFetch(int limitMillis, int maxBytes, ScheduledExecutorService watch) {

    private static final int FIRST_ERROR = 400;

    /** What is asked for. */
    @ConsumerType
    @FunctionalInterface
    public interface Request {

        /**
         * Gives a request its header, and its body if it has one.
         *
         * @param connection asks with GET unless it is told to do otherwise
         * @throws IOException if the server does not take it
         */
        void write(HttpURLConnection connection) throws IOException;
    }

    /**
     * What was answered.
     *
     * @param code of the status
     * @param body without its header
     */
    public record Reply(int code, byte[] body) {
    }

    /**
     * Asks a server.
     *
     * @param url of what is asked
     * @param request what is asked for
     * @return what was answered, also if that is a refusal
     * @throws IOException saying what was asked and why there is no answer
     */
    public Reply ask(URI url, Request request) throws IOException {
        // No proxy of the JVM: what it may reach is not what this node may.
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> limit = limit(connection, late);
        try {
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(limitMillis);
            connection.setReadTimeout(limitMillis);
            // A connection that is kept would keep a thread of the JDK.
            connection.setRequestProperty("Connection", "close");
            request.write(connection);
            int code = connection.getResponseCode();
            return new Reply(code, body(code < FIRST_ERROR ? connection.getInputStream()
                    : connection.getErrorStream()));
        } catch (IOException | RuntimeException e) {
            throw new IOException(url + ": " + (late.get() ? "the answer was not complete within " + limitMillis
                    + " ms" : Causes.ofNetwork(e)), e);
        } finally {
            limit.cancel(false);
            connection.disconnect();
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

    private byte[] body(InputStream from) throws IOException {
        if (from == null) {
            return new byte[0];
        }
        try (InputStream in = from) {
            byte[] body = in.readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw new IOException("the answer has more than " + maxBytes + " bytes");
            }
            return body;
        }
    }
}
