// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.handshake;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.peers.book.Ending;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.links.KnownPeer;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.links.Liveness;
import org.ippan.network.peers.session.Link;
import org.ippan.network.peers.session.Receivers;
import org.ippan.network.peers.session.Session;
import org.ippan.network.peers.session.SessionOwner;
import org.ippan.network.peers.wire.SeenAddress;

/**
 * What follows a handshake that succeeded: the duplicate rule, then the protocols are told of the link. Confined to the
 * deciding thread.
 */
public final class Establishment {

    private final PeerContext context;
    private final Links links;
    private final Liveness liveness;
    private final SessionOwner owner;
    private final Twins twins;

    public Establishment(PeerContext context, Links links, Liveness liveness, Twins twins, SessionOwner owner) {
        this.context = context;
        this.links = links;
        this.liveness = liveness;
        this.owner = owner;
        this.twins = twins;
    }

    /** Both proofs are verified: the handshake's deadline and limits end. */
    public void establish(Session session, PeerId self) {
        session.connection().established(session.handshake().maxMessageBytes());
        links.identify(session);
        if (session.dialled()) {
            SeenAddress.read(session.theirHello()).ifPresent(seen ->
                    context.observations().said(session.connection().remoteIp(), seen));
        }
        settle(session, self, new ArrayList<>());
    }

    /** Begins with the session or closes it, as its peer's other links say, those that lost against it left out. */
    private void settle(Session session, PeerId self, List<Session> losers) {
        KnownPeer peer = links.peer(session.theirs().peerId());
        for (Session old : peer == null ? List.<Session>of() : peer.links()) {
            if (!losers.contains(old)) {
                switch (verdict(self, old, session)) {
                    case ASK_OLD -> {
                        challenge(old, session, self, losers);
                        return;
                    }
                    case CLOSE_OLD -> losers.add(old);
                    case WAIT -> { }
                    default -> throw new IllegalStateException();
                }
            }
        }
        begin(session);
        losers.forEach(loser -> replace(loser, session));
    }

    private Duplicates.Verdict verdict(PeerId self, Session old, Session fresh) {
        if (!sameInstance(old, fresh) && twins.returns(fresh.theirs().peerId(), fresh.theirs().instanceId())) {
            return Duplicates.Verdict.ASK_OLD;
        }
        boolean proved = fresh.connection().provenId().isPresent() || fresh.handshake().key() != null;
        long age = context.now() - old.link().upSince();
        return Duplicates.judge(self, fresh.theirs().peerId(),
                new Duplicates.Candidate(old.dialled(), old.theirs().instanceId()),
                new Duplicates.Candidate(fresh.dialled(), fresh.theirs().instanceId()),
                new Duplicates.Trust(proved, age));
    }

    private static boolean sameInstance(Session one, Session other) {
        return one.theirs().instanceId() == other.theirs().instanceId();
    }

    private void replace(Session loser, Session winner) {
        String text = "another connection stays";
        if (!sameInstance(loser, winner)) {
            twins.replaced(loser.theirs().peerId(), loser.theirs().instanceId());
            text = "a newer start of this node connected from " + winner.connection().remoteAddress();
        }
        closeDuplicate(loser, text);
    }

    private void closeDuplicate(Session session, String text) {
        context.counters().duplicatesClosed.increment();
        links.close(session, GoodbyeReason.DUPLICATE, 0, text);
    }

    private void begin(Session session) {
        Link link = new Link(session, isMember(session), context::decide,
                (reason, text) -> links.close(session, reason, 0, text), new Receivers(context.calls(), owner::threw),
                context.now());
        links.up(session, link);
        link.receivers().route(context.routing(), link, true);
        link.impair(context.faults());
        liveness.begin(session);
        session.connection().readable(true);
    }

    /**
     * Whether the peer is known to belong here: by the network's key, by the allow list, which is for proven ids only,
     * or as configured. An id that is only claimed makes no member.
     */
    private boolean isMember(Session session) {
        return session.handshake().key() != null || context.settings().allowlist()
                || session.dialled() && session.target().configured()
                || session.connection().provenId().isPresent() && links.isConfigured(session);
    }

    /** The newer connection waits, unread, until the older one answers or does not. */
    private void challenge(Session older, Session newer, PeerId self, List<Session> losers) {
        liveness.prove(older, lives -> context.decide(() -> {
            if (newer.stage() != Session.Stage.GREETED) {
                return;
            }
            if (!lives) {
                losers.add(older);
                settle(newer, self, losers);
            } else if (sameInstance(older, newer)) {
                closeDuplicate(newer, "another connection stays");
            } else {
                refuseTwin(older, newer);
            }
        }));
    }

    /** Both ends are told, and the newer one returns later each time: two nodes must not share an identity. */
    private void refuseTwin(Session older, Session newer) {
        PeerId id = older.theirs().peerId();
        String there = older.connection().remoteAddress().toString();
        String here = newer.connection().remoteAddress().toString();
        int wait = twins.refused(id, there + " and " + here);
        context.log().tell(id, "Two living nodes use the identity " + id.shortForm() + ": the one at " + there
                + " stays connected, the one at " + here + " is sent away for " + wait + " s. Give one of them an"
                + " identity of its own");
        context.counters().duplicatesClosed.increment();
        links.close(newer, GoodbyeReason.DUPLICATE, wait,
                new Ending(EndCause.SHARED_IDENTITY, "another living node uses your identity, from " + there));
    }
}
