// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation.saved;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.state.RecordFile;

/**
 * The file of scores, a {@link RecordFile}: one record says when it was saved (wall clock, 8 bytes, milliseconds) and
 * which part of the decay interval had passed (8, nanoseconds), then come one for each peer (59) and one for each ban
 * by hand (44 and its reason), all big-endian. Times are relative to the moment of saving, so that a wall clock set
 * back lengthens no ban; where that moment is lost, bans go on with what they had left.
 *
 * @param savedMillis wall clock when it was saved
 * @param phaseNanos part of the decay interval that had passed
 * @param peers scores
 * @param bans bans by hand
 */
public record ScoreFile(long savedMillis, long phaseNanos, List<SavedPeer> peers, List<SavedBan> bans) {

    private static final String KIND = "ippan-scores/2";
    private static final char TIME = 'T';
    private static final char PEER = 'P';
    private static final char BAN = 'B';
    private static final int TIME_BYTES = 8 + 8;
    private static final int PEER_BYTES = PeerId.LENGTH + 2 + 1 + 8 + 4 + 4 + 4 + 4;
    private static final int BAN_BYTES = PeerId.LENGTH + 4 + 8;
    private static final int RECORD_BYTES = 1 + 2 + 4;
    private static final int MAX_PEERS = 1_000_000;
    /** Longest reason in characters; each takes at most 3 bytes of UTF-8. */
    public static final int MAX_REASON = 256;
    private static final int MAX_REASON_BYTES = 3 * MAX_REASON;
    private static final int LONGEST_RECORD = BAN_BYTES + MAX_REASON_BYTES;

    /** No good file is longer. */
    static final long MAX_BYTES = (long) MAX_PEERS * (PEER_BYTES + RECORD_BYTES)
            + (long) HandBans.MOST * (LONGEST_RECORD + RECORD_BYTES) + 3L * LONGEST_RECORD;

    private static final int BANNED = 1;
    private static final int WARNED = 2;

    /**
     * What is whole of a file.
     *
     * @param file what it says
     * @param outcome what is missing
     */
    public record Read(ScoreFile file, RecordFile.Outcome outcome) {
    }

    /** The file. */
    public byte[] encode() {
        RecordFile file = new RecordFile(KIND);
        file.add(TIME, ByteBuffer.allocate(TIME_BYTES).putLong(savedMillis).putLong(phaseNanos).array());
        bans.forEach(ban -> file.add(BAN, bytes(ban)));
        peers.forEach(peer -> file.add(PEER, bytes(peer)));
        return file.finish();
    }

    private static byte[] bytes(SavedPeer peer) {
        return putId(ByteBuffer.allocate(PEER_BYTES), peer.id()).putShort((short) peer.score())
                .put((byte) ((peer.banned() ? BANNED : 0) | (peer.warned() ? WARNED : 0)))
                .putLong(peer.successes()).putInt(peer.failures()).putInt(peer.invalids())
                .putInt(peer.firstSeen()).putInt(peer.lastSeen()).array();
    }

    private static byte[] bytes(SavedBan ban) {
        byte[] reason = ban.reason().getBytes(StandardCharsets.UTF_8);
        return putId(ByteBuffer.allocate(BAN_BYTES + reason.length), ban.id()).putInt(ban.sinceSeconds())
                .putLong(ban.leftMillis()).put(reason).array();
    }

    private static ByteBuffer putId(ByteBuffer record, PeerId id) {
        return record.putLong(id.word0()).putLong(id.word1()).putLong(id.word2()).putLong(id.word3());
    }

    private static PeerId id(ByteBuffer file) {
        return PeerId.of(file.getLong(), file.getLong(), file.getLong(), file.getLong());
    }

    /**
     * Reads what is whole of a file.
     *
     * @param bytes any bytes
     * @return what they say
     */
    public static Read decode(byte[] bytes) {
        long[] time = {Long.MAX_VALUE, 0};
        List<SavedPeer> peers = new ArrayList<>();
        List<SavedBan> bans = new ArrayList<>();
        RecordFile.Outcome outcome = RecordFile.read(KIND, bytes, LONGEST_RECORD, (type, body) -> {
            try {
                return switch (type) {
                    case TIME -> time(body, time);
                    case PEER -> peers.size() < MAX_PEERS && peers.add(peer(body));
                    case BAN -> bans.size() < HandBans.MOST && bans.add(ban(body));
                    default -> false;
                };
            } catch (IllegalArgumentException | BufferUnderflowException e) {
                // Its checksum is right, its content is not: no damage does that, and nothing is to be learnt of it.
                return false;
            }
        });
        return new Read(new ScoreFile(time[0], time[1], peers, bans), outcome);
    }

    private static boolean time(ByteBuffer body, long[] time) {
        long saved = body.getLong();
        long phase = body.getLong();
        require(saved >= 0 && phase >= 0);
        time[0] = saved;
        time[1] = phase;
        return true;
    }

    private static SavedPeer peer(ByteBuffer file) {
        PeerId id = id(file);
        int score = file.getShort();
        int flags = file.get();
        require(score >= ReputationScore.MIN && score <= ReputationScore.MAX);
        long successes = file.getLong();
        int failures = file.getInt();
        int invalids = file.getInt();
        require(successes >= 0 && failures >= 0 && invalids >= 0);
        return new SavedPeer(id, score, (flags & BANNED) != 0, (flags & WARNED) != 0, successes, failures, invalids,
                file.getInt(), file.getInt());
    }

    private static SavedBan ban(ByteBuffer file) {
        PeerId id = id(file);
        int since = file.getInt();
        long left = file.getLong();
        return new SavedBan(id, since, left, StandardCharsets.UTF_8.decode(file).toString());
    }

    /** Why a record is not whole is told to none. */
    private static void require(boolean good) {
        if (!good) {
            throw new IllegalArgumentException("not whole");
        }
    }
}
