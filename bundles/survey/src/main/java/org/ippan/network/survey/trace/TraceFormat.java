// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.survey.NodeTrace.Fate;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.NodeKeys;
import org.ippan.network.survey.record.RecordFormat;

/**
 * Questions and answers as signed bytes, {@code docs/protocol.md} §12. Every length is checked before anything is made
 * of it; what a newer version appends before the signature is skipped. Stateless.
 */
final class TraceFormat {

    /** Longest question or answer, bytes. */
    static final int MAX_LENGTH = 512;
    static final int MAX_LISTENERS = 4;

    private static final int FORMAT = 1;
    private static final int QUESTION = 1;
    private static final int ANSWER = 2;
    private static final int KIND_OFFSET = 1;
    private static final int KEY_OFFSET = 2;
    private static final int BODY_OFFSET = KEY_OFFSET + NodeKeys.LENGTH;
    private static final int MAX_NAME = 64;
    private static final int ASKED = 1;
    private static final int MAX_U8 = 0xFF;
    private static final int MAX_U16 = 0xFFFF;
    private static final long MAX_U32 = 0xFFFF_FFFFL;
    private static final byte[] SIGNED_FOR = "ippan-trace/1".getBytes(StandardCharsets.US_ASCII);
    /** What a node can tell of itself: that another did not answer is no answer. */
    private static final List<Fate> FATES = List.of(Fate.PUBLISHED, Fate.DELIVERED, Fate.NO_LISTENER, Fate.WAITING,
            Fate.REJECTED);

    private TraceFormat() {
    }

    static byte[] write(Question question, NodeIdentity identity, byte[] networkTag) {
        return sign(head(QUESTION, identity).putLong(question.number()).put(question.message().toBytes()), identity,
                networkTag);
    }

    static byte[] write(Answer answer, NodeIdentity identity, byte[] networkTag) {
        Told told = answer.told();
        ByteBuffer out = head(ANSWER, identity).putLong(answer.to().asker()).putLong(answer.to().number())
                .put((byte) FATES.indexOf(told.fate())).put((byte) (told.asked() ? ASKED : 0)).putLong(told.from())
                .put((byte) Math.min(MAX_U8, told.hops()))
                .putInt((int) Math.max(0, Math.min(MAX_U32, told.ageMillis())))
                .putShort((short) Math.min(MAX_U16, told.copies()))
                .putShort((short) Math.min(MAX_U16, told.listening()));
        int count = Math.min(MAX_LISTENERS, told.listeners().size());
        out.put((byte) count);
        for (String name : told.listeners().subList(0, count)) {
            byte[] utf8 = RecordFormat.clean(name, MAX_NAME).getBytes(StandardCharsets.UTF_8);
            out.put((byte) utf8.length).put(utf8);
        }
        return sign(out, identity, networkTag);
    }

    private static ByteBuffer head(int kind, NodeIdentity identity) {
        return ByteBuffer.allocate(MAX_LENGTH).put((byte) FORMAT).put((byte) kind).put(identity.publicKey());
    }

    private static byte[] sign(ByteBuffer out, NodeIdentity identity, byte[] networkTag) {
        int length = out.position();
        out.put(identity.sign(toSign(networkTag, out.array(), length)));
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] toSign(byte[] networkTag, byte[] bytes, int length) {
        return ByteBuffer.allocate(SIGNED_FOR.length + networkTag.length + length)
                .put(SIGNED_FOR).put(networkTag).put(bytes, 0, length).array();
    }

    /** A question or an answer; empty if the bytes are neither. Whether it is genuine is another question. */
    static Optional<Asking> read(byte[] bytes) {
        if (bytes.length < BODY_OFFSET + NodeKeys.SIGNATURE_LENGTH || bytes.length > MAX_LENGTH
                || bytes[0] != FORMAT) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, BODY_OFFSET, bytes.length - NodeKeys.SIGNATURE_LENGTH - BODY_OFFSET);
        PeerId signer = NodeKeys.idOf(Arrays.copyOfRange(bytes, KEY_OFFSET, BODY_OFFSET));
        try {
            return switch (bytes[KIND_OFFSET]) {
                case QUESTION -> Optional.of(question(in, signer));
                case ANSWER -> answer(in, signer);
                default -> Optional.empty();
            };
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Question question(ByteBuffer in, PeerId signer) {
        long number = in.getLong();
        byte[] message = new byte[MessageId.LENGTH];
        in.get(message);
        return new Question(signer, number, MessageId.of(message));
    }

    private static Optional<Asking> answer(ByteBuffer in, PeerId signer) {
        Question.Key to = new Question.Key(in.getLong(), in.getLong());
        int fate = in.get() & MAX_U8;
        boolean asked = (in.get() & ASKED) != 0;
        long from = in.getLong();
        int hops = in.get() & MAX_U8;
        long age = Integer.toUnsignedLong(in.getInt());
        int copies = in.getShort() & MAX_U16;
        int listening = in.getShort() & MAX_U16;
        return fate >= FATES.size() ? Optional.empty() : names(in).map(names -> new Answer(signer, to,
                new Told(FATES.get(fate), asked, from, hops, age, copies, listening, names)));
    }

    private static Optional<List<String>> names(ByteBuffer in) {
        int count = in.get() & MAX_U8;
        List<String> names = new ArrayList<>(MAX_LISTENERS);
        for (int i = 0; i < count; i++) {
            int length = in.get() & MAX_U8;
            if (count > MAX_LISTENERS || length > MAX_NAME || length > in.remaining()) {
                return Optional.empty();
            }
            ByteBuffer utf8 = in.slice(in.position(), length);
            in.position(in.position() + length);
            try {
                names.add(RecordFormat.clean(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString(), MAX_NAME));
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(names));
    }

    /** Whether the node that is named signed it for this network. Takes 0.1 to 1.5 ms. */
    static boolean isGenuine(byte[] bytes, byte[] networkTag) {
        int length = bytes.length - NodeKeys.SIGNATURE_LENGTH;
        return NodeKeys.verify(Arrays.copyOfRange(bytes, KEY_OFFSET, BODY_OFFSET), toSign(networkTag, bytes, length),
                Arrays.copyOfRange(bytes, length, bytes.length));
    }
}
