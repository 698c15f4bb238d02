// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Asks web servers that may be hostile: no redirects, no proxy, no passwords, bounded in bytes and in time from the
 * first to the last. Blocks its caller; safe for any thread.
 *
 * @param limitMillis for one request with its answer
 * @param maxBytes most bytes of an answer
 * @param watch ends requests that take longer
 */
public record HttpFetch(int limitMillis, int maxBytes, ScheduledExecutorService watch) {

    private static final int FIRST_ERROR = 400;
    private static final int PART_BYTES = 8192;
    /** While a socket is being opened there is nothing to close yet. */
    private static final int AGAIN_MILLIS = 500;

    private static final long IDLE_SECONDS = 5;

    /** Knows no user: that of the JVM would give its passwords to any server, or router, that asks for some. */
    private static final Authenticator NO_USERS = new Authenticator() { };

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
     * A thread that ends requests, and is gone while there are none. Once it is shut down it still ends what is being
     * asked: others may wait for that.
     *
     * @param name of the thread
     * @return what is to watch
     */
    public static ScheduledThreadPoolExecutor watching(String name) {
        Objects.requireNonNull(name, "name");
        ScheduledThreadPoolExecutor watch = new TimerThreads(name, IDLE_SECONDS);
        watch.setContinueExistingPeriodicTasksAfterShutdownPolicy(true);
        return watch;
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
            connection.setAuthenticator(NO_USERS);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(limitMillis);
            connection.setReadTimeout(limitMillis);
            // A connection that is kept would keep a thread of the JDK.
            connection.setRequestProperty("Connection", "close");
            request.write(connection);
            int code = connection.getResponseCode();
            return new Reply(code, body(code < FIRST_ERROR ? connection.getInputStream()
                    : connection.getErrorStream(), late));
        } catch (IOException | RuntimeException e) {
            throw new IOException(shown(url) + ": " + (late.get() ? "the answer was not complete within " + limitMillis
                    + " ms" : Credentials.hidden(Causes.ofNetwork(e))), e);
        } finally {
            limit.cancel(false);
            connection.disconnect();
        }
    }

    /**
     * A URL as it may be told of: what follows its question mark may be a token.
     *
     * @param url any
     * @return its text, without that
     */
    public static String shown(URI url) {
        Objects.requireNonNull(url, "url");
        return Credentials.hidden(url.toString());
    }

    private ScheduledFuture<?> limit(HttpURLConnection connection, AtomicBoolean late) throws IOException {
        try {
            return watch.scheduleWithFixedDelay(() -> {
                late.set(true);
                connection.disconnect();
            }, limitMillis, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException("the bundle stops", e);
        }
    }

    /** Looks at the time itself, too: closing waits for a reader of chunks, who may never let it in. */
    private byte[] body(InputStream from, AtomicBoolean late) throws IOException {
        if (from == null) {
            return new byte[0];
        }
        try (InputStream in = from) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] part = new byte[PART_BYTES];
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                body.write(part, 0, count);
                if (body.size() > maxBytes) {
                    throw new IOException("the answer has more than " + maxBytes + " bytes");
                }
                if (late.get()) {
                    throw new IOException("too late");
                }
            }
            return body.toByteArray();
        }
    }
}
