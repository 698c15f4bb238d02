// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import java.util.concurrent.Executor;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.peers.book.Ending;
import org.ippan.network.peers.book.KnownAddress;
import org.ippan.network.peers.wire.Goodbye;
import org.ippan.network.peers.wire.Hello;

/**
 * One connection from dial or accept to its end. Its state belongs to the one thread that decides, but for the getters
 * of volatile fields; what comes in over it is the business of its {@link SessionHandler}.
 */
public final class Session {

    /** How far it is. */
    public enum Stage { NEW, OPEN, GREETED, ESTABLISHED, CLOSING, CLOSED }

    /** What this side said, and the keys that it takes proofs of; a key is null where there is none. */
    public record Handshake(byte[] ownHello, int maxMessageBytes, int codecs, byte[] key, byte[] secondKey) {
    }

    private final SessionHandler handler;
    private final KnownAddress target;
    private volatile Connection connection;
    private volatile Link link;
    private volatile Hello theirs;
    private Stage stage = Stage.NEW;
    private Handshake handshake;
    private byte[] theirHello;
    private volatile byte[] provedKey;
    private Ending ending;
    private boolean restarted;
    private long retryAfterSeconds;

    /**
     * A connection about to be.
     *
     * @param owner decides
     * @param decider the thread that does
     * @param ticker time
     * @param target what is dialled, or null for an accepted one
     */
    public Session(SessionOwner owner, Executor decider, Ticker ticker, KnownAddress target) {
        this.handler = new SessionHandler(this, owner, decider, ticker);
        this.target = target;
    }

    public void greet(Handshake own) {
        handshake = own;
        stage = Stage.OPEN;
    }

    public void greeted(Hello hello, byte[] body) {
        theirs = hello;
        theirHello = body;
        stage = Stage.GREETED;
    }

    /** The peer proved this key; null in a network without one. */
    public void proved(byte[] key) {
        provedKey = key;
    }

    /** The key that the peer proved, or null. */
    public byte[] provedKey() {
        return provedKey;
    }

    public void establish(Link established) {
        link = established;
        stage = Stage.ESTABLISHED;
    }

    /** Closes in good order; true if that is news. */
    public boolean close(GoodbyeReason reason, long retryAfterSeconds, Ending why) {
        if (stage == Stage.CLOSING || stage == Stage.CLOSED) {
            return false;
        }
        boolean greeted = handshake != null;
        restarted = reason == GoodbyeReason.RESTARTING;
        end(why);
        if (connection != null) {
            connection.close(greeted ? new Goodbye(reason, retryAfterSeconds, why.detail()).frame() : null);
        }
        return greeted;
    }

    /** Closes without a word, as the answer to a GOODBYE. */
    public void leave(Goodbye goodbye) {
        if (stage != Stage.CLOSING && stage != Stage.CLOSED) {
            retryAfterSeconds = goodbye.retryAfterSeconds();
            end(new Ending(goodbye.sharedIdentity() ? EndCause.SHARED_IDENTITY
                    : EndCause.told(goodbye.reason()), goodbye.text()));
            connection.close(null);
        }
    }

    /** Whether this node closed it to have another one. */
    public boolean restarted() {
        return restarted;
    }

    /** How long the peer does not want us back. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    private void end(Ending why) {
        handler.deafen();
        stage = Stage.CLOSING;
        ending = why;
    }

    public void gone() {
        stage = Stage.CLOSED;
    }

    /** I/O thread: what came from the peer is malformed. */
    void violated(String detail) {
        handler.malformed(detail);
    }

    /** What the transport calls. */
    public ConnectionHandler handler() {
        return handler;
    }

    public Stage stage() {
        return stage;
    }

    /** Why it ends or ended, as far as one of the two nodes decided that; else as the transport says. */
    public Ending ending(EndCause otherwise, String detail) {
        return ending == null ? new Ending(otherwise, detail) : ending;
    }

    public Handshake handshake() {
        return handshake;
    }

    public byte[] theirHello() {
        return theirHello;
    }

    /** Their HELLO, or null before it came. */
    public Hello theirs() {
        return theirs;
    }

    /** I/O thread: the connection is open, or has been. */
    public void connection(Connection opened) {
        connection = opened;
    }

    /** The open connection, or null before that. */
    public Connection connection() {
        return connection;
    }

    /** The link, or null before the connection is established. */
    public Link link() {
        return link;
    }

    /** What was dialled, or null. */
    public KnownAddress target() {
        return target;
    }

    public boolean dialled() {
        return target != null;
    }

    /** Who is there, as far as that is proved; null before. */
    public PeerId provenId() {
        Connection current = connection;
        if (current != null && current.provenId().isPresent()) {
            return current.provenId().get();
        }
        return link == null ? null : link.peer();
    }
}
