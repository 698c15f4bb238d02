// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.request.SomeEnvelope;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.discovery.mdns.SomeNames;
import org.ippan.network.eventadmin.SomeEvent;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.Fetch;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Probe;
import org.ippan.network.gossip.wire.Seal;
import org.ippan.network.gossip.wire.SettleCodec;
import org.ippan.network.gossip.wire.TopicCache;
import org.ippan.network.nat.udp.SomePackets;
import org.ippan.network.nat.upnp.SomeUpnp;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.book.BookFile;
import org.ippan.network.peers.wire.Goodbye;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.peers.wire.SeenAddress;
import org.ippan.network.reputation.saved.ScoreFile;
import org.ippan.network.survey.retell.SomeStatus;
import org.ippan.network.survey.trace.SomeTrace;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.TestIdentity;
import org.ippan.network.testkit.Vectors;
import org.ippan.network.transport.codec.SomeDeflate;
import org.ippan.network.transport.receiving.SomeFrames;

/** What decodes bytes of others. Each takes any bytes and lets nothing escape but what it says it throws. */
enum Decoder {

    HANDSHAKE_FRAMES(bytes -> SomeFrames.read(bytes, false)),
    FRAMES(bytes -> SomeFrames.read(bytes, true)),
    MESSAGE(bytes -> MessageCodec.decode(ByteBuffer.wrap(bytes), new MessageCodec.Limits(1 << 20, 3),
            new TopicCache(), new MessageHeader()), FrameType.GOSSIP),
    ANNOUNCEMENTS(bytes -> ControlCodec.announcements(ByteBuffer.wrap(bytes), 1 << 20), FrameType.IHAVE),
    IDS(bytes -> ControlCodec.ids(ByteBuffer.wrap(bytes)), FrameType.IWANT, FrameType.MISSING),
    GRAFT(bytes -> ControlCodec.graft(ByteBuffer.wrap(bytes)), FrameType.GRAFT),
    PRUNE(bytes -> ControlCodec.prune(ByteBuffer.wrap(bytes)), FrameType.PRUNE),
    NEIGHBOURS(bytes -> Neighbourhood.decode(ByteBuffer.wrap(bytes)), FrameType.NEIGHBOURS),
    FETCH(bytes -> Fetch.decode(ByteBuffer.wrap(bytes)), FrameType.FETCH),
    PROBE(bytes -> Probe.decode(ByteBuffer.wrap(bytes)), FrameType.PROBE),
    ACK(bytes -> Ack.decode(ByteBuffer.wrap(bytes)), FrameType.ACK),
    SETTLE(bytes -> SettleCodec.questions(ByteBuffer.wrap(bytes)), FrameType.SETTLE),
    SETTLED(bytes -> SettleCodec.answers(ByteBuffer.wrap(bytes)), FrameType.SETTLED),
    SEAL(Decoder::seal),
    HELLO(bytes -> {
        Hello.decode(bytes);
        SeenAddress.read(bytes);
    }, FrameType.HELLO),
    GOODBYE(bytes -> Goodbye.decode(ByteBuffer.wrap(bytes)), FrameType.GOODBYE),
    PEERS(bytes -> AddressRecord.readAnswer(ByteBuffer.wrap(bytes)), FrameType.PEERS),
    DEFLATED(SomeDeflate::read),
    ENVELOPE(SomeEnvelope::read),
    EVENT(SomeEvent::read),
    ROUTER_FOUND(SomeUpnp::found),
    ROUTER_DESCRIPTION(SomeUpnp::description),
    ROUTER_ANSWER(SomeUpnp::answer),
    PCP(SomePackets::pcp),
    NAT_PMP(SomePackets::natPmp),
    NAMES(SomeNames::read),
    TEXTS(bytes -> {
        String text = new String(bytes, StandardCharsets.UTF_8);
        parse(() -> Topic.of(text));
        parse(() -> PeerAddress.parse(text));
        parse(() -> PeerId.parse(text));
    }),
    STATUS(SomeStatus::retold),
    STATUS_RECORD(SomeStatus::record),
    TRACE(SomeTrace::read),
    BOOK(bytes -> BookFile.decode(bytes, 100, new ArrayList<>())),
    SCORES(ScoreFile::decode);

    /** Hostile input may name any length; nothing is longer than what the handshake and a link let through. */
    static final int LONGEST = 4096;

    private static final IdKey SEALED = new IdKey(Peers.messageId(1));

    private final Work work;
    private final Set<FrameType> types;

    /** Decodes. */
    private interface Work {

        void decode(byte[] bytes) throws ProtocolException, IOException;
    }

    Decoder(Work work, FrameType... types) {
        this.work = work;
        this.types = Set.of(types);
    }

    /** Whether the bytes are well-formed. Whatever escapes is a defect. */
    boolean accepts(byte[] bytes) {
        try {
            work.decode(bytes);
            return true;
        } catch (ProtocolException | IOException e) {
            return false;
        }
    }

    private static void seal(byte[] bytes) throws ProtocolException {
        if (bytes.length < Seal.LENGTH) {
            throw new ProtocolException("the message is shorter than its seal");
        }
        Seal.isGenuine(ByteBuffer.wrap(bytes), 0, SEALED);
        Seal.publisher(bytes);
    }

    private static void parse(Runnable parser) {
        try {
            parser.run();
        } catch (IllegalArgumentException e) {
            // That is what it says of bad text.
        }
    }

    /** Bytes that are well-formed, or nearly. */
    List<byte[]> seeds() {
        if (types.isEmpty()) {
            return switch (this) {
                case FRAMES, HANDSHAKE_FRAMES -> vectors().toList();
                case ROUTER_FOUND -> List.of(SomeUpnp.foundSeed());
                case ROUTER_DESCRIPTION -> SomeUpnp.descriptionSeeds();
                case ROUTER_ANSWER -> SomeUpnp.answerSeeds();
                case PCP -> SomePackets.pcpSeeds();
                case NAT_PMP -> SomePackets.natPmpSeeds();
                case NAMES -> List.of(SomeNames.announcement());
                case TEXTS -> List.of(ascii("[2001:db8::1]:9700"), ascii("host.example:9700"), ascii("a/b.c"),
                        ascii("00".repeat(32)));
                case STATUS -> List.of(SomeStatus.retoldSeed());
                case STATUS_RECORD -> List.of(SomeStatus.seed());
                case TRACE -> SomeTrace.seeds();
                case SEAL -> List.of(Seal.seal(TestIdentity.of(1), SEALED, 5));
                case EVENT -> List.of(SomeEvent.seed());
                case SCORES -> List.of(new ScoreFile(1, 1, List.of(), List.of()).encode());
                case BOOK -> List.of(BookFile.encode(List.of(new BookFile.Entry(PeerAddress.tcp("192.0.2.1", 1),
                        PeerId.parse("00".repeat(32)), 1, 0, 0, null, 0, true, Nearness.SITE))));
                default -> List.of(new byte[40]);
            };
        }
        return vectors().filter(frame -> types.stream().anyMatch(type -> type.code() == (frame[1] & 0xFF)))
                .map(frame -> Arrays.copyOfRange(frame, FrameType.HEADER_LENGTH, frame.length)).toList();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Stream<byte[]> vectors() {
        return Stream.of("hello", "gossipFrame", "control", "deflated", "peersFrame").map(Vectors::section)
                .flatMap(List::stream).filter(each -> each.containsKey("frame"))
                .map(each -> HexFormat.of().parseHex(each.get("frame")));
    }
}
