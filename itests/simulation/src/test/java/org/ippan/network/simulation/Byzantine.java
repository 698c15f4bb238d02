// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * A node that connects and lives as any other and then does not play by the rules. Written against the wire format
 * alone.
 */
final class Byzantine implements ProtocolHandler {

    private static final Set<FrameType> TYPES = Set.of(FrameType.GOSSIP, FrameType.IHAVE, FrameType.IWANT,
            FrameType.GRAFT, FrameType.PRUNE, FrameType.MISSING);
    /** What it has to know of others to lie about it. */
    private static final Set<FrameType> LIED_ABOUT = Set.of(FrameType.GOSSIP, FrameType.NEIGHBOURS, FrameType.SETTLE);
    private static final int ID_LENGTH = 32;
    private static final int MAX_IDS = 1000;
    private static final int REMEMBERED = 100;
    /** Full of ids, these are more than a node may want of one peer. */
    private static final int GLUT_FRAMES = 40;
    private static final int SILLY_LENGTH = 1000;
    private static final int BACKOFF_SECONDS = 20;

    private static final Fill SENT = new Fill() {
        @Override
        public FrameClass frameClass() {
            return FrameClass.NORMAL;
        }

        @Override
        public void taken() {
            // it does not wait for that
        }
    };

    private final Kind kind;
    private final RandomGenerator random;
    private final List<Receiver> links = new ArrayList<>();
    private final List<byte[]> overheard = new ArrayList<>();
    private final Lies lies;
    private byte[] heardOf;
    private int glut = GLUT_FRAMES;
    private int poisoned = Integer.MIN_VALUE;

    /** What it does. */
    enum Kind {
        /** Takes everything, sends nothing on. */
        MUTE,
        /** Announces what it has not, and what nobody has. */
        LIAR,
        /** Sends every message again and again, to whoever sent it too. */
        PARROT,
        /** Sends messages that every honest node rejects. */
        POISONER,
        /** Sends GRAFT, PRUNE with and without a back-off, IWANT, MISSING and PROBE at random. */
        FLIPPER,
        /** Announces more than anyone can remember. */
        GLUTTON,
        /**
         * Names neighbours it does not have and what it did not take, acknowledges what was not sent, answers that
         * messages are settled of which it knows nothing, and sends some on to one peer as if they were its own.
         */
        BOASTER
    }

    Byzantine(Kind kind, RandomGenerator random) {
        this.kind = kind;
        this.random = random;
        this.lies = kind == Kind.BOASTER ? new Lies(random) : null;
    }

    @Override
    public Set<FrameType> frameTypes() {
        return kind == Kind.BOASTER ? LIED_ABOUT : TYPES;
    }

    @Override
    public int maxMessageBytes() {
        return 1 << 20;
    }

    @Override
    public FrameReceiver linkUp(PeerLink link, boolean fresh) {
        Receiver receiver = new Receiver(link);
        links.add(receiver);
        for (; kind == Kind.GLUTTON && glut > 0; glut--) {
            link.offer(ids(FrameType.IHAVE, null, MAX_IDS));
        }
        return receiver;
    }

    /** Does what it does; to be called now and then. */
    void act() {
        for (Receiver receiver : links) {
            switch (kind) {
                case LIAR -> receiver.link.offer(ids(FrameType.IHAVE, heardOf, 3));
                case PARROT -> repeat(receiver);
                case POISONER -> receiver.send(poison(), false);
                case FLIPPER -> flip(receiver.link);
                case BOASTER -> boast(receiver);
                default -> { }
            }
        }
    }

    private void repeat(Receiver receiver) {
        for (int copy = 0; copy < 3 && !overheard.isEmpty(); copy++) {
            receiver.send(overheard.get(random.nextInt(overheard.size())), random.nextBoolean());
        }
    }

    private void flip(PeerLink link) {
        link.offer(switch (random.nextInt(5)) {
            case 0 -> OutboundFrame.control(FrameType.PRUNE, new byte[] {0, (byte) random.nextInt(BACKOFF_SECONDS)});
            case 1 -> OutboundFrame.control(FrameType.GRAFT, new byte[1]);
            case 2 -> ids(FrameType.IWANT, null, 3);
            case 3 -> OutboundFrame.control(FrameType.PROBE, ByteBuffer.allocate(9).putLong(random.nextInt())
                    .put((byte) random.nextInt(5)).array());
            default -> ids(FrameType.MISSING, null, 3);
        });
    }

    /** Not each time: all its peers look at it, and tell theirs. */
    private void boast(Receiver receiver) {
        switch (random.nextInt(6)) {
            case 0 -> receiver.link.offer(lies.neighbours());
            case 1 -> receiver.link.offer(lies.ack());
            case 2 -> {
                if (!overheard.isEmpty()) {
                    receiver.send(lies.own(overheard.get(overheard.size() - 1)), false);
                }
            }
            default -> { }
        }
    }

    /** A message whose number is below zero: what validators reject. */
    private byte[] poison() {
        byte[] topic = Overlay.TOPIC.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(28 + topic.length + Integer.BYTES);
        body.put((byte) 0).put((byte) 1).put((byte) 0).put((byte) topic.length);
        body.putInt(Integer.BYTES).putInt(1).putLong(0).putLong(0).put(topic).putInt(poisoned++);
        return body.array();
    }

    /** A list of ids: the first as given, the others made up. */
    private OutboundFrame ids(FrameType type, byte[] first, int count) {
        boolean announces = type == FrameType.IHAVE;
        ByteBuffer body = ByteBuffer.allocate(Short.BYTES + count * (ID_LENGTH + (announces ? 2 * Integer.BYTES : 0)));
        body.putShort((short) count);
        byte[] id = first;
        for (int i = 0; i < count; i++) {
            if (id == null) {
                id = new byte[ID_LENGTH];
                random.nextBytes(id);
            }
            body.put(id);
            if (announces) {
                body.putInt(SILLY_LENGTH).putInt(1);
            }
            id = null;
        }
        return OutboundFrame.control(type, body.array());
    }

    /** One of its links. */
    private final class Receiver implements FrameReceiver {

        private final PeerLink link;
        private final Queue<byte[]> toSend = new ArrayDeque<>();

        Receiver(PeerLink link) {
            this.link = link;
        }

        @Override
        public void frame(FrameType type, int flags, ByteBuffer body) {
            if (type == FrameType.GOSSIP) {
                byte[] copy = new byte[body.remaining()];
                body.get(copy);
                if (overheard.size() >= REMEMBERED) {
                    overheard.set(random.nextInt(REMEMBERED), copy);
                } else {
                    overheard.add(copy);
                }
            } else if (type == FrameType.IHAVE && kind == Kind.LIAR) {
                heardOf = new byte[ID_LENGTH];
                body.get(body.position() + Short.BYTES, heardOf);
            } else if (type == FrameType.NEIGHBOURS && kind == Kind.BOASTER) {
                lies.heard(link.peer(), body);
            } else if (type == FrameType.SETTLE && kind == Kind.BOASTER && random.nextBoolean()) {
                link.offer(lies.settled(body));
            }
        }

        /** Has the link pull a message. */
        void send(byte[] body, boolean solicited) {
            ByteBuffer frame = ByteBuffer.allocate(FrameType.HEADER_LENGTH + body.length);
            frame.put((byte) FrameType.MARK).put((byte) FrameType.GOSSIP.code());
            frame.put((byte) (solicited ? FrameType.SOLICITED : 0)).put((byte) 0).putInt(body.length).put(body);
            toSend.add(frame.array());
            link.wake();
        }

        @Override
        public Fill fill(FrameTarget target, FrameClass lowest) {
            byte[] frame = toSend.poll();
            if (frame == null) {
                return null;
            }
            target.copy(frame, 0, frame.length);
            return SENT;
        }

        @Override
        public void down() {
            links.remove(this);
        }
    }
}
