// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.HttpFetch;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.discovery.search.InTurns;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.discovery.search.Source;

/**
 * Address records that servers publish, a line each in base64url. They are signed by the peers themselves, so a server
 * can keep peers from this node, but cannot invent any. Confined to one thread, but for {@link #close}, which ends a
 * look on it.
 */
public final class HttpSource implements Source {

    /** How long one fetch may take, from connecting to the last byte. */
    static final int FETCH_MILLIS = 10_000;
    /** While there is nothing to begin with: a server that has just started knows no peer yet, not even itself. */
    private static final long NONE_SECONDS = 60;
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_RECORDS = 1000;
    /** The longest record there is: a key, a time, 4 addresses of 64 bytes, a signature. */
    private static final int MAX_RECORD = 512;
    /** The shortest: one address of one byte. Any word of a page may be base64url, and is no record. */
    private static final int MIN_RECORD = 32 + 8 + 1 + 2 + 64;

    private final List<URI> urls;
    private final long refreshSeconds;
    private final HttpFetch http;
    private final RefusalCounts tally;
    private final Map<URI, List<byte[]>> known = new HashMap<>();
    private volatile HttpURLConnection asked;
    private volatile boolean closed;

    /**
     * A search that has not begun.
     *
     * @param watch ends fetches that take too long
     */
    public HttpSource(List<URI> urls, long refreshSeconds, ScheduledExecutorService watch, RefusalCounts tally) {
        this(urls, refreshSeconds, FETCH_MILLIS, watch, tally);
    }

    HttpSource(List<URI> urls, long refreshSeconds, int fetchMillis, ScheduledExecutorService watch,
            RefusalCounts tally) {
        this.urls = urls;
        this.refreshSeconds = refreshSeconds;
        this.http = new HttpFetch(fetchMillis, MAX_BYTES, watch);
        this.tally = tally;
    }

    @Override
    public long refreshSeconds() {
        return refreshSeconds;
    }

    @Override
    public Sighting look() {
        List<String> errors = new ArrayList<>();
        for (URI url : urls) {
            try {
                known.put(url, parse(url, fetch(url)));
            } catch (IOException e) {
                errors.add(e.getMessage());
            }
        }
        List<byte[]> records = records();
        return new Sighting(List.of(), records, String.join("; ", errors),
                records.isEmpty() ? Math.min(NONE_SECONDS, refreshSeconds) : refreshSeconds);
    }

    /** Each once, though several servers may have it. */
    private List<byte[]> records() {
        Set<ByteBuffer> different = new LinkedHashSet<>();
        InTurns.of(urls.stream().map(url -> known.getOrDefault(url, List.of())).toList())
                .forEach(record -> different.add(ByteBuffer.wrap(record)));
        return different.stream().map(ByteBuffer::array).toList();
    }

    @Override
    public void follow(Source before) {
        if (before instanceof HttpSource http) {
            known.putAll(http.known);
            known.keySet().retainAll(urls);
        }
    }

    private byte[] fetch(URI url) throws IOException {
        HttpFetch.Reply reply = http.ask(url, this::begin);
        if (reply.code() != HttpURLConnection.HTTP_OK) {
            throw new IOException(HttpFetch.shown(url) + ": the server answered " + reply.code()
                    + "; expected 200 and text/plain, redirects are not followed");
        }
        return reply.body();
    }

    private void begin(HttpURLConnection connection) throws IOException {
        asked = connection;
        if (closed) {
            throw new IOException("the search has ended");
        }
        connection.setRequestProperty("Accept", "text/plain");
    }

    /** Else a look at slow servers would hold up the next settings, and outlive the bundle. */
    @Override
    public void close() {
        closed = true;
        HttpURLConnection connection = asked;
        if (connection != null) {
            try {
                // Not here: that may wait for the one who reads.
                http.watch().execute(connection::disconnect);
            } catch (RejectedExecutionException e) {
                // Its time limit ends it.
                return;
            }
        }
    }

    private List<byte[]> parse(URI url, byte[] body) throws IOException {
        List<byte[]> records = new ArrayList<>();
        int bad = 0;
        for (String line : new String(body, StandardCharsets.ISO_8859_1).lines().toList()) {
            String text = line.strip();
            if (!text.isEmpty() && records.size() == MAX_RECORDS) {
                tally.count(FindingRefusal.TOO_MANY);
            } else if (!text.isEmpty()) {
                Optional<byte[]> record = record(text);
                record.ifPresent(records::add);
                if (record.isEmpty()) {
                    tally.count(FindingRefusal.BAD_TEXT);
                    bad++;
                }
            }
        }
        if (records.isEmpty() && bad > 0) {
            throw new IOException(HttpFetch.shown(url) + ": no line of the answer is an address record; a node with the"
                    + " bundle web serves them at /api/v1/records");
        }
        return records;
    }

    /** Empty if it is none; most words are told by their length, as many of them would cost time otherwise. */
    private static Optional<byte[]> record(String text) {
        if (text.length() < MIN_RECORD) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text))
                    .filter(bytes -> bytes.length >= MIN_RECORD && bytes.length <= MAX_RECORD);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
