// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.state.RecordFile;
import org.ippan.network.peers.address.Nearness;

/** The address book as a {@link RecordFile}: one record for each address, its fields as text. Stateless. */
public final class BookFile {

    private static final String KIND = "ippan-book/2";
    private static final char ADDRESS = 'A';
    private static final int MAX_LINE = 512;
    private static final int FIELDS = 9;
    private static final String NO_TELLER = "-";

    private BookFile() {
    }

    /** One remembered address; the teller is null where a peer was met. */
    public record Entry(PeerAddress address, PeerId id, long lastSuccessMillis, int failures, long roundTripNanos,
            PeerId teller, long toldMillis, boolean dialled, Nearness nearness) {

        boolean isSane() {
            return address.port() > 0 && lastSuccessMillis >= 0 && failures >= 0 && roundTripNanos >= 0
                    && toldMillis >= 0 && (lastSuccessMillis > 0 || teller != null);
        }
    }

    public static byte[] encode(List<Entry> entries) {
        RecordFile file = new RecordFile(KIND);
        for (Entry entry : entries) {
            byte[] line = line(entry).getBytes(StandardCharsets.UTF_8);
            // One with a longer path would be taken for damage when it is read.
            if (line.length <= MAX_LINE) {
                file.add(ADDRESS, line);
            }
        }
        return file.finish();
    }

    private static String line(Entry entry) {
        return String.join("\t", entry.address.uri(), entry.id.toString(),
                Long.toString(entry.lastSuccessMillis), Integer.toString(entry.failures),
                Long.toString(entry.roundTripNanos), entry.teller == null ? NO_TELLER : entry.teller.toString(),
                Long.toString(entry.toldMillis), Boolean.toString(entry.dialled), entry.nearness.name());
    }

    /**
     * Reads what is whole of a file.
     *
     * @param entries takes the addresses, as many as the limit says
     */
    public static RecordFile.Outcome decode(byte[] content, int limit, List<Entry> entries) {
        return RecordFile.read(KIND, content, MAX_LINE, (type, body) -> {
            Entry entry = entry(StandardCharsets.UTF_8.decode(body).toString());
            if (entry != null && entries.size() < limit) {
                entries.add(entry);
            }
            return entry != null;
        });
    }

    private static Entry entry(String line) {
        String[] fields = line.split("\t");
        // Earlier versions did not ask where names lead, and wrote no ninth field.
        if (fields.length < FIELDS - 1 || fields.length > FIELDS) {
            return null;
        }
        try {
            Entry entry = new Entry(PeerAddress.parse(fields[0]), PeerId.parse(fields[1]), Long.parseLong(fields[2]),
                    Integer.parseInt(fields[3]), Long.parseLong(fields[4]),
                    fields[5].equals(NO_TELLER) ? null : PeerId.parse(fields[5]), Long.parseLong(fields[6]),
                    fields[7].equals("true"),
                    fields.length < FIELDS ? Nearness.MACHINE : Nearness.valueOf(fields[8]));
            return entry.isSane() ? entry : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
