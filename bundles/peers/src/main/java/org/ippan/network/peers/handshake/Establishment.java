// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.handshake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.links.KnownPeer;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.links.Liveness;
import org.ippan.network.peers.session.Link;
import org.ippan.network.peers.session.Receivers;
import org.ippan.network.peers.session.Session;
import org.ippan.network.peers.session.SessionOwner;

/**
 * What follows a handshake that succeeded: the duplicate rule, then the protocols are told of the link. Confined to the
 * deciding thread.
 */
public final class Establishment {

    private final PeerContext context;
    private final Links links;
    private final Liveness liveness;
    private final SessionOwner owner;

    public Establishment(PeerContext context, Links links, Liveness liveness, SessionOwner owner) {
        this.context = context;
        this.links = links;
        this.liveness = liveness;
        this.owner = owner;
    }

    /** Both proofs are verified: the handshake's deadline and limits end. */
    public void establish(Session session, PeerId self) {
        session.connection().established(session.handshake().maxMessageBytes());
        links.identify(session);
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
        losers.forEach(this::closeDuplicate);
    }

    private Duplicates.Verdict verdict(PeerId self, Session old, Session fresh) {
        boolean proved = fresh.connection().provenId().isPresent() || fresh.handshake().key() != null;
        long age = context.now() - old.link().upSince();
        return Duplicates.judge(self, fresh.theirs().peerId(),
                new Duplicates.Candidate(old.dialled(), old.theirs().instanceId()),
                new Duplicates.Candidate(fresh.dialled(), fresh.theirs().instanceId()),
                new Duplicates.Trust(proved, age));
    }

    private void closeDuplicate(Session session) {
        context.counters().duplicatesClosed.increment();
        links.close(session, GoodbyeReason.DUPLICATE, 0, "another connection stays");
    }

    private void begin(Session session) {
        Link link = new Link(session, context::decide,
                (reason, text) -> links.close(session, reason, 0, text), new Receivers(owner::threw), context.now());
        links.up(session, link);
        link.receivers().route(context.routing(), link, true);
        liveness.begin(session);
        session.connection().readable(true);
    }

    /** The newer connection waits, unread, until the older one answers or does not. */
    private void challenge(Session older, Session newer, PeerId self, List<Session> losers) {
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        answer.whenComplete((roundTrip, failure) -> context.decide(() -> {
            if (newer.stage() == Session.Stage.GREETED && failure == null) {
                closeDuplicate(newer);
            } else if (newer.stage() == Session.Stage.GREETED) {
                losers.add(older);
                settle(newer, self, losers);
            }
        }));
        liveness.ask(older, answer);
    }
}
