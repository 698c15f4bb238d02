// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.handshake;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.peers.RoomLimit;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.address.ToldAddress;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.book.Ending;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.session.Session;
import org.ippan.network.peers.settings.PeersSettings;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.peers.wire.SeenAddress;

/**
 * HELLO and HELLO_ACK, {@code docs/protocol.md} §4: what is said, what is checked, in which order, and what a failure
 * costs. Confined to the deciding thread.
 */
public final class Handshakes {

    /** An address that turned out to be this node's own is left alone for so long. */
    static final long OWN_ADDRESS_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int RETRY_FULL_SECONDS = 30;
    private static final int RETRY_UNJUDGED_SECONDS = 1;

    private final PeerContext context;
    private final Links links;
    private final AddressBook book;
    private final Twins twins;

    /** Why a HELLO is not accepted. */
    record Refusal(GoodbyeReason reason, int retryAfterSeconds, Ending why) {

        static Refusal of(GoodbyeReason reason, EndCause cause, String text) {
            return new Refusal(reason, 0, new Ending(cause, text));
        }
    }

    public Handshakes(PeerContext context, Links links, AddressBook book, Twins twins) {
        this.context = context;
        this.links = links;
        this.book = book;
        this.twins = twins;
    }

    /** Says who we are. */
    public void greet(Session session, PeerId self, int listenPort) {
        PeersSettings settings = context.settings();
        byte[] nonce = new byte[Hello.NONCE_LENGTH];
        context.random().nextBytes(nonce);
        int maxMessage = maxMessageBytes(context.routing());
        int codecs = context.services().codecs();
        byte[] hello = new Hello(Hello.VERSION, Hello.VERSION, settings.network().tag(), 0, codecs, maxMessage, self,
                context.instanceId(), nonce, listenPort, settings.agent()).encode();
        InetAddress other = session.connection().remoteIp();
        // A private address is of no use to its owner: it knows it, or it is that of a router between.
        byte[] body = ToldAddress.isPrivate(other) ? hello : SeenAddress.append(hello, other);
        session.greet(new Session.Handshake(body, maxMessage, codecs, settings.network().key(),
                settings.network().secondKey()));
        session.connection().offer(OutboundFrame.control(FrameType.HELLO, body));
    }

    /** A handler that cannot say it costs no peer its link. */
    private int maxMessageBytes(Routing routing) {
        try {
            return routing.maxMessageBytes();
        } catch (Throwable e) {
            context.threw(routing.byType().get(FrameType.GOSSIP), e);
            return Routing.DEFAULT_MAX_MESSAGE;
        }
    }

    /** Judges their HELLO and answers it. */
    public void hello(Session session, byte[] body, PeerId self) {
        Hello hello;
        try {
            hello = Hello.decode(body);
        } catch (ProtocolException e) {
            links.violated(session, DropReason.MALFORMED, e.getMessage());
            return;
        }
        Refusal refusal = judge(session, hello, self);
        if (refusal != null) {
            refuse(session, hello, refusal);
            return;
        }
        session.greeted(hello, body);
        if (session.dialled() || session.handshake().key() == null) {
            prove(session, session.handshake().key());
        }
        session.connection().readable(true);
    }

    /**
     * Sends the proof of knowing a key of the network. An acceptor owes it only to a dialler that gave its own: one
     * that could have it by dialling would try keys against it at home, as fast as SHA-256 goes. It proves the key that
     * the dialler proved, which need not know the other one yet.
     */
    private static void prove(Session session, byte[] key) {
        session.connection().offer(OutboundFrame.control(FrameType.HELLO_ACK, HandshakeCodec.mac(key,
                session.dialled(), session.handshake().ownHello(), session.theirHello())));
    }

    /** The checks in the order the protocol fixes; null if all is well. */
    private Refusal judge(Session session, Hello hello, PeerId self) {
        PeersSettings settings = context.settings();
        PeerId id = hello.peerId();
        if (Math.min(Hello.VERSION, hello.protoMax()) < Math.max(Hello.VERSION, hello.protoMin())
                || hello.protoMin() > hello.protoMax()) {
            return Refusal.of(GoodbyeReason.VERSION, EndCause.VERSION, "no common version");
        }
        if (!MessageDigest.isEqual(hello.networkTag(), settings.network().tag())) {
            return Refusal.of(GoodbyeReason.WRONG_NETWORK, EndCause.OTHER_NETWORK, "another network");
        }
        if (hello.instanceId() == context.instanceId()) {
            return Refusal.of(GoodbyeReason.SELF, EndCause.OWN_ADDRESS, "this is the same node");
        }
        if (id.equals(self)) {
            noteTwin(session);
            return Refusal.of(GoodbyeReason.SELF, EndCause.SHARED_IDENTITY,
                    "another living node with the same identity is here");
        }
        if (session.connection().provenId().map(proven -> !proven.equals(id)).orElse(false)) {
            return Refusal.of(GoodbyeReason.AUTH, EndCause.NOT_ITS_ID, "the id is not that of the certificate");
        }
        if (session.dialled() && !session.target().admits(id)) {
            return Refusal.of(GoodbyeReason.OTHER_PEER, EndCause.OTHER_PEER, "another peer is expected here");
        }
        if (settings.allowlist() && (!settings.allow().contains(id) || session.connection().provenId().isEmpty())) {
            return Refusal.of(GoodbyeReason.AUTH, EndCause.NOT_ALLOWED, "not on the list");
        }
        if (!context.services().judges()) {
            return new Refusal(GoodbyeReason.TOO_MANY, RETRY_UNJUDGED_SECONDS,
                    new Ending(EndCause.FULL, "its reputation service is absent"));
        }
        if (context.services().isBanned(id)) {
            return Refusal.of(GoodbyeReason.BANNED, EndCause.BANNED, "banned");
        }
        return noRoom(session, id);
    }

    /** Another start of this very node answers: its identity is used twice. Without a proof it is only a claim. */
    private void noteTwin(Session session) {
        if (session.connection().provenId().isPresent()) {
            twins.own(session.connection().remoteAddress().toString());
            context.log().tell(twins, "Another living node, at " + session.connection().remoteAddress()
                    + ", uses the identity of this node. Give one of them an identity of its own");
        }
    }

    private Refusal noRoom(Session session, PeerId id) {
        long wait = links.refusedNanos(session, id);
        if (wait > 0) {
            context.counters().roomRefused(RoomLimit.FAILED_HANDSHAKES);
            return new Refusal(GoodbyeReason.RATE_LIMIT, 1 + (int) TimeUnit.NANOSECONDS.toSeconds(wait),
                    new Ending(EndCause.TOO_MANY_FAILURES,
                            "too many failed handshakes from your address; compare the network keys"));
        }
        if (links.isConfigured(session) || book.isConfigured(id) || links.isConnected(id)) {
            return null;
        }
        RoomLimit limit = links.room().exceeded(session);
        if (limit == null) {
            return null;
        }
        context.counters().roomRefused(limit);
        return new Refusal(GoodbyeReason.TOO_MANY, RETRY_FULL_SECONDS,
                new Ending(EndCause.FULL, limit.key() + " is reached"));
    }

    private void refuse(Session session, Hello hello, Refusal refusal) {
        context.counters().handshakesRefused.increment();
        if (refusal.reason() == GoodbyeReason.AUTH) {
            links.blame(session, hello.peerId());
        }
        boolean ownProved = session.connection().provenId().map(hello.peerId()::equals).orElse(false);
        // A name may have other addresses, where others are: it is dialled again like after any failure.
        if (refusal.why().cause() == EndCause.OWN_ADDRESS && session.dialled() && ownProved
                && session.target().isOneHost()) {
            session.target().circuit().waitFor(context.now(), OWN_ADDRESS_NANOS);
        }
        links.close(session, refusal.reason(), refusal.retryAfterSeconds(), refusal.why());
    }

    /** Checks their proof; true if the connection is established. */
    public boolean acknowledged(Session session, byte[] mac) {
        Session.Handshake own = session.handshake();
        boolean second = own.secondKey() != null && proves(session, own.secondKey(), mac);
        if (second || proves(session, own.key(), mac)) {
            session.proved(second ? own.secondKey() : own.key());
            if (second) {
                context.counters().secondKeyHandshakes.increment();
            }
            if (!session.dialled() && own.key() != null) {
                prove(session, session.provedKey());
            }
            return true;
        }
        context.counters().handshakesRefused.increment();
        links.blame(session, session.theirs().peerId());
        links.close(session, GoodbyeReason.NETWORK_KEY, 0,
                new Ending(EndCause.OTHER_KEY, "the network key is not the same"));
        return false;
    }

    private static boolean proves(Session session, byte[] key, byte[] mac) {
        return MessageDigest.isEqual(HandshakeCodec.mac(key, !session.dialled(), session.theirHello(),
                session.handshake().ownHello()), mac);
    }
}
