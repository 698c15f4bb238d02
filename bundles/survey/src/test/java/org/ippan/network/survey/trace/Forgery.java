// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import java.nio.ByteBuffer;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.survey.NodeTrace.Fate;
import org.ippan.network.testkit.TestIdentity;

/** Questions and answers of nodes that do as they like. */
public final class Forgery {

    private static final byte[] TAG = new byte[16];

    private Forgery() {
    }

    /** One of very many identities. */
    public static TestIdentity stranger(int number) {
        return new TestIdentity(ByteBuffer.allocate(32).putInt(number).array());
    }

    /** A genuine question of any node. */
    public static byte[] question(TestIdentity asker, long number, MessageId message) {
        return TraceFormat.write(new Question(asker.id(), number, message), asker, TAG);
    }

    /** A genuine answer of any node to a question, which says that an invented node brought the message. */
    public static byte[] answer(TestIdentity node, byte[] question, int number) {
        Question.Key key = ((Question) TraceFormat.read(question).orElseThrow()).key();
        return TraceFormat.write(new Answer(node.id(), key, told(1_000_000 + number, number)), node, TAG);
    }

    static Told told(long from, long age) {
        return new Told(Fate.DELIVERED, false, from, 1, age, 0, 1, List.of("a.B"));
    }
}
