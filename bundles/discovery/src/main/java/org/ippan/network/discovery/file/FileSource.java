// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.discovery.search.Candidate;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.discovery.search.Source;

/**
 * Addresses in a file, a line each. Read again when its time, its size, or the file a link leads to is another. Lines
 * that cannot be read are passed over, and the first is named; a file that is missing changes nothing. Confined to one
 * thread.
 */
public final class FileSource implements Source {

    private static final int MAX_BYTES = 1 << 20;
    /** Some editors begin with it. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path path;
    private final long pollSeconds;
    private final RefusalCounts tally;
    private Stamp stamp;
    private Sighting last;

    /** What tells one content from another without reading it. */
    private record Stamp(Path real, FileTime time, long size, Object key) {

        static Stamp of(Path path) throws IOException {
            try {
                Path real = path.toRealPath();
                BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
                if (!attributes.isRegularFile()) {
                    throw new IOException(path + " is no regular file");
                }
                return new Stamp(real, attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (NoSuchFileException e) {
                throw new IOException(path + " does not exist", e);
            }
        }
    }

    public FileSource(String path, long pollSeconds, RefusalCounts tally) {
        this.path = Path.of(path).toAbsolutePath();
        this.pollSeconds = pollSeconds;
        this.tally = tally;
    }

    @Override
    public long refreshSeconds() {
        return pollSeconds;
    }

    @Override
    public Sighting look() throws IOException {
        Stamp now = Stamp.of(path);
        if (!now.equals(stamp)) {
            last = parse(read(now.real));
            stamp = now;
        }
        return last;
    }

    private String read(Path real) throws IOException {
        try (InputStream in = Files.newInputStream(real)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(path + " has more than " + MAX_BYTES + " bytes");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new IOException(path + " does not exist", e);
        }
    }

    private Sighting parse(String text) {
        List<Candidate> found = new ArrayList<>();
        String error = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String address = line.replaceFirst("(^|\\s)#.*", "").strip();
            try {
                if (!address.isEmpty() && found.size() == PeerDiscovery.MAX_ADDRESSES) {
                    tally.count(FindingRefusal.TOO_MANY);
                } else if (!address.isEmpty()) {
                    found.add(Candidate.parse(address));
                }
            } catch (IllegalArgumentException e) {
                tally.count(FindingRefusal.BAD_TEXT);
                error = error.isEmpty() ? "line " + number + " of " + path + " is no address: write host:port or"
                        + " host:port#peerId" : error;
            }
        }
        return new Sighting(List.copyOf(found), List.of(), error, pollSeconds);
    }
}
