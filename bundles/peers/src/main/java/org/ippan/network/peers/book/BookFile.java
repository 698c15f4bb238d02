// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;

/** The address book as a text file: a line that names the format, then one line for each address. Stateless. */
public final class BookFile {

    private static final String HEADER = "ippan-book/1";
    private static final int MAX_LINE = 512;
    private static final int FIELDS = 7;
    private static final String NOBODY = "-";

    private BookFile() {
    }

    /** One remembered address; the teller is null where a peer was met. */
    public record Entry(PeerAddress address, PeerId id, long lastSuccessMillis, int failures, long roundTripNanos,
            PeerId teller, long toldMillis) {

        boolean isSane() {
            return address.port() > 0 && lastSuccessMillis >= 0 && failures >= 0 && roundTripNanos >= 0
                    && toldMillis >= 0 && (lastSuccessMillis > 0 || teller != null);
        }
    }

    public static byte[] encode(List<Entry> entries) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Entry entry : entries) {
            text.append(entry.address.uri()).append('\t').append(entry.id).append('\t')
                    .append(entry.lastSuccessMillis).append('\t').append(entry.failures).append('\t')
                    .append(entry.roundTripNanos).append('\t').append(entry.teller == null ? NOBODY : entry.teller)
                    .append('\t').append(entry.toldMillis).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a file; lines that make no sense are skipped.
     *
     * @throws IllegalArgumentException if it is no address book
     */
    public static List<Entry> decode(byte[] content, int limit) {
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n");
        if (!lines[0].equals(HEADER)) {
            throw new IllegalArgumentException("it does not begin with " + HEADER);
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i < lines.length && entries.size() < limit; i++) {
            Entry entry = entry(lines[i]);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static Entry entry(String line) {
        String[] fields = line.split("\t");
        if (line.length() > MAX_LINE || fields.length != FIELDS) {
            return null;
        }
        try {
            Entry entry = new Entry(PeerAddress.parse(fields[0]), PeerId.parse(fields[1]), Long.parseLong(fields[2]),
                    Integer.parseInt(fields[3]), Long.parseLong(fields[4]),
                    fields[5].equals(NOBODY) ? null : PeerId.parse(fields[5]), Long.parseLong(fields[6]));
            return entry.isSane() ? entry : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
