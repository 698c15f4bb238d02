// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.jmh.OneStep;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.TestIdentity;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writes and reads the head of a message, and signs one, beside the hash that each message costs anyhow. */
@State(Scope.Thread)
public class CodecBenchmark extends OneStep {

    @Param({"256", "1024", "65536"})
    public int bytes;

    private final Topic topic = Topic.of("prices.eur");
    private final MessageHeader header = new MessageHeader();
    private final TopicCache topics = new TopicCache();
    private final MessageCodec.Limits limits = new MessageCodec.Limits(1 << 20, 0);
    private final IdKey id = new IdKey(Peers.messageId(1));
    private final TestIdentity identity = TestIdentity.of(1);
    private final ByteBuffer head = ByteBuffer.allocate(MessageCodec.MAX_HEAD_LENGTH);
    private ByteBuffer body;
    private ByteBuffer seal;
    private MessageDigest digest;

    @Setup
    public void fill() throws Exception {
        body = ByteBuffer.allocate(head().position() + bytes).put(head.flip()).clear();
        seal = ByteBuffer.wrap(Seal.seal(identity, id, 1));
        digest = MessageDigest.getInstance("SHA-256");
    }

    @Benchmark
    public ByteBuffer head() {
        MessageCodec.putHead(head, 1, Priority.NORMAL, topic, 7, bytes);
        return head;
    }

    @Benchmark
    public MessageHeader decode() throws Exception {
        MessageCodec.decode(body, limits, topics, header);
        return header;
    }

    @Benchmark
    public byte[] hashAlone() {
        digest.update(body.array());
        return digest.digest();
    }

    @Benchmark
    public byte[] sign() {
        return Seal.seal(identity, id, 1);
    }

    @Benchmark
    public boolean verify() {
        return Seal.isGenuine(seal, 0, id);
    }
}
