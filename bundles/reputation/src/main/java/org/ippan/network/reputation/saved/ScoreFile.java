// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation.saved;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.ReputationScore;

/**
 * The file of scores, big-endian: mark and version (4), wall clock when saved (8, milliseconds), part of the decay
 * interval passed (8, nanoseconds), peers (4), bans by hand (4), then each peer (59) and each ban (46 and its reason),
 * last a CRC-32 of all before. Times relative to the moment of saving, so that a wall clock set back lengthens no ban.
 * Counts are checked against the length of the file before anything is made for them.
 *
 * @param savedMillis wall clock when it was saved
 * @param phaseNanos part of the decay interval that had passed
 * @param peers scores
 * @param bans bans by hand
 */
public record ScoreFile(long savedMillis, long phaseNanos, List<SavedPeer> peers, List<SavedBan> bans) {

    /** "IPR" and the version of the format. */
    private static final int MARK = 'I' << 24 | 'P' << 16 | 'R' << 8 | 1;
    private static final int HEADER_BYTES = 4 + 8 + 8 + 4 + 4;
    private static final int PEER_BYTES = PeerId.LENGTH + 2 + 1 + 8 + 4 + 4 + 4 + 4;
    private static final int BAN_BYTES = PeerId.LENGTH + 4 + 8 + 2;
    private static final int CHECKSUM_BYTES = 4;
    private static final int MAX_PEERS = 1_000_000;
    /** Longest reason in characters; each takes at most 3 bytes of UTF-8. */
    public static final int MAX_REASON = 256;
    private static final int MAX_REASON_BYTES = 3 * MAX_REASON;

    /** No good file is longer. */
    static final long MAX_BYTES = HEADER_BYTES + (long) MAX_PEERS * PEER_BYTES
            + (long) HandBans.MOST * (BAN_BYTES + MAX_REASON_BYTES) + CHECKSUM_BYTES;

    private static final int BANNED = 1;
    private static final int WARNED = 2;

    /** The file. */
    public byte[] encode() {
        List<byte[]> reasons = bans.stream().map(ban -> ban.reason().getBytes(StandardCharsets.UTF_8)).toList();
        int length = HEADER_BYTES + peers.size() * PEER_BYTES + bans.size() * BAN_BYTES
                + reasons.stream().mapToInt(reason -> reason.length).sum() + CHECKSUM_BYTES;
        ByteBuffer file = ByteBuffer.allocate(length);
        file.putInt(MARK).putLong(savedMillis).putLong(phaseNanos).putInt(peers.size()).putInt(bans.size());
        peers.forEach(peer -> put(file, peer));
        for (int i = 0; i < bans.size(); i++) {
            putId(file, bans.get(i).id());
            file.putInt(bans.get(i).sinceSeconds()).putLong(bans.get(i).leftMillis())
                    .putShort((short) reasons.get(i).length).put(reasons.get(i));
        }
        return file.putInt(checksum(file.array())).array();
    }

    private static void put(ByteBuffer file, SavedPeer peer) {
        putId(file, peer.id());
        file.putShort((short) peer.score()).put((byte) ((peer.banned() ? BANNED : 0) | (peer.warned() ? WARNED : 0)))
                .putLong(peer.successes()).putInt(peer.failures()).putInt(peer.invalids())
                .putInt(peer.firstSeen()).putInt(peer.lastSeen());
    }

    private static void putId(ByteBuffer file, PeerId id) {
        file.putLong(id.word0()).putLong(id.word1()).putLong(id.word2()).putLong(id.word3());
    }

    private static PeerId id(ByteBuffer file) {
        return PeerId.of(file.getLong(), file.getLong(), file.getLong(), file.getLong());
    }

    private static int checksum(byte[] file) {
        CRC32 checksum = new CRC32();
        checksum.update(file, 0, file.length - CHECKSUM_BYTES);
        return (int) checksum.getValue();
    }

    /**
     * Reads a file.
     *
     * @param bytes any bytes
     * @return what they say
     * @throws IllegalArgumentException if they are not such a file, naming the reason
     */
    public static ScoreFile decode(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        require(bytes.length >= HEADER_BYTES + CHECKSUM_BYTES, "it is too short");
        require(file.getInt() == MARK, "it is of another kind or version");
        require(file.getInt(bytes.length - CHECKSUM_BYTES) == checksum(bytes), "its checksum is wrong");
        file.limit(bytes.length - CHECKSUM_BYTES);
        long savedMillis = file.getLong();
        long phaseNanos = file.getLong();
        int peerCount = file.getInt();
        int banCount = file.getInt();
        require(savedMillis >= 0 && phaseNanos >= 0, "it has negative times");
        require(peerCount >= 0 && peerCount <= file.remaining() / PEER_BYTES, "it is shorter than its peers");
        require(banCount >= 0 && banCount <= HandBans.MOST, "it has too many bans");
        try {
            List<SavedPeer> peers = new ArrayList<>(peerCount);
            for (int i = 0; i < peerCount; i++) {
                peers.add(peer(file));
            }
            List<SavedBan> bans = new ArrayList<>();
            for (int i = 0; i < banCount; i++) {
                bans.add(ban(file));
            }
            require(!file.hasRemaining(), "it is longer than its contents");
            return new ScoreFile(savedMillis, phaseNanos, peers, bans);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("it is shorter than its contents", e);
        }
    }

    private static SavedPeer peer(ByteBuffer file) {
        PeerId id = id(file);
        int score = file.getShort();
        int flags = file.get();
        require(score >= ReputationScore.MIN && score <= ReputationScore.MAX, "it has a score out of range");
        long successes = file.getLong();
        int failures = file.getInt();
        int invalids = file.getInt();
        require(successes >= 0 && failures >= 0 && invalids >= 0, "it has negative counts");
        return new SavedPeer(id, score, (flags & BANNED) != 0, (flags & WARNED) != 0, successes, failures, invalids,
                file.getInt(), file.getInt());
    }

    private static SavedBan ban(ByteBuffer file) {
        PeerId id = id(file);
        int since = file.getInt();
        long left = file.getLong();
        int length = file.getShort();
        require(length >= 0 && length <= MAX_REASON_BYTES && length <= file.remaining(), "it has an endless reason");
        byte[] reason = new byte[length];
        file.get(reason);
        return new SavedBan(id, since, left, new String(reason, StandardCharsets.UTF_8));
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
