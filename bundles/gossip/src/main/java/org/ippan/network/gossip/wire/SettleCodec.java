// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/** Bodies of SETTLE and SETTLED ({@code docs/protocol.md} §6). */
public final class SettleCodec {

    private static final int QUESTION_LENGTH = MessageId.LENGTH + Integer.BYTES;
    private static final int ANSWER_LENGTH = MessageId.LENGTH + 2 * Integer.BYTES;
    private static final long UINT = 0xFFFF_FFFFL;

    /** One entry of a SETTLE: a message, and how long its sender waits for the answer. */
    public static final class Question extends IdKey {

        private final long millis;

        /** Asks for the message of an id. */
        public Question(IdKey id, long millis) {
            super(id);
            this.millis = millis;
        }

        /** How long the answer may take. */
        public long millis() {
            return millis;
        }
    }

    /** One entry of a SETTLED: a message, nodes that accepted it, and links that were left out. */
    public static final class Answer extends IdKey {

        private final long nodes;
        private final long leftOut;

        /** Tells of the message of an id; counts are cut to 32 bits. */
        public Answer(IdKey id, long nodes, long leftOut) {
            super(id);
            this.nodes = Math.min(nodes, UINT);
            this.leftOut = Math.min(leftOut, UINT);
        }

        /** Nodes that accepted it, counted by one of those that were asked for it each. */
        public long nodes() {
            return nodes;
        }

        /** Links over which it was not confirmed. */
        public long leftOut() {
            return leftOut;
        }
    }

    private SettleCodec() {
    }

    /** Reads a SETTLE. */
    public static List<Question> questions(ByteBuffer body) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        int count = ControlCodec.count(in, QUESTION_LENGTH);
        List<Question> questions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            questions.add(new Question(new IdKey(ControlCodec.id(in)), in.getInt() & UINT));
        }
        return questions;
    }

    /** Reads a SETTLED. */
    public static List<Answer> answers(ByteBuffer body) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        int count = ControlCodec.count(in, ANSWER_LENGTH);
        List<Answer> answers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            answers.add(new Answer(new IdKey(ControlCodec.id(in)), in.getInt() & UINT, in.getInt() & UINT));
        }
        return answers;
    }

    /** A SETTLE of at most {@link ControlCodec#MAX_IDS}. */
    public static OutboundFrame settle(List<Question> questions) {
        ByteBuffer body = ControlCodec.list(questions.size(), QUESTION_LENGTH);
        for (Question question : questions) {
            question.put(body);
            body.putInt((int) question.millis());
        }
        return OutboundFrame.control(FrameType.SETTLE, body.array());
    }

    /** A SETTLED of at most {@link ControlCodec#MAX_IDS}. */
    public static OutboundFrame settled(List<Answer> answers) {
        ByteBuffer body = ControlCodec.list(answers.size(), ANSWER_LENGTH);
        for (Answer answer : answers) {
            answer.put(body);
            body.putInt((int) answer.nodes()).putInt((int) answer.leftOut());
        }
        return OutboundFrame.control(FrameType.SETTLED, body.array());
    }
}
