// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.operator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationAdmin;

/**
 * What operators have a node do, from texts to a sentence: the same rules and the same words over JMX and HTTP and in
 * each shell. Where a peer or an address is asked for, {@link NodeServices#finder()} says what may be written. An order
 * throws {@link IllegalArgumentException} for a mistake in it, and {@link IllegalStateException} if a service that it
 * needs is absent; both have texts for operators. Safe for any thread.
 */
public final class Orders {

    /** The reason that is noted where an operator gives none. */
    public static final String NO_REASON = "by an operator";

    private final NodeServices services;
    /** Tells equal texts apart: two orders are two messages. */
    private final AtomicLong nonce;

    /**
     * What became of an order.
     *
     * @param done whether there was something to do
     * @param text what was done, or why there was nothing to do, in a sentence
     */
    public record Outcome(boolean done, String text) {

        /**
         * The sentence of an order that did something.
         *
         * @return the text
         * @throws IllegalStateException with the text if there was nothing to do
         */
        public String orThrow() {
            if (!done) {
                throw new IllegalStateException(text.substring(0, text.length() - 1));
            }
            return text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Orders for the services there are when they are given.
     *
     * @param services of the node
     * @param ticker read once
     */
    public Orders(NodeServices services, Ticker ticker) {
        this.services = services;
        this.nonce = new AtomicLong(ticker.nanos());
    }

    private static Outcome outcome(boolean done, String text, String otherwise) {
        return new Outcome(done, done ? text : otherwise);
    }

    /**
     * For how long a ban is.
     *
     * @param seconds 0 for ever
     * @return as it is said: {@code for 60 s}
     */
    public static String span(long seconds) {
        return seconds == 0 ? "for ever" : "for " + seconds + " s";
    }

    /**
     * Bans a peer and closes its connection.
     *
     * @param who the peer
     * @param seconds for how long; 0 for ever
     * @param reason why, shown to operators
     * @return what was done
     */
    public String ban(String who, long seconds, String reason) {
        PeerId peer = services.finder().id(who);
        services.require(ReputationAdmin.class).ban(peer, Duration.ofSeconds(seconds), reason);
        return "Banned " + peer.shortForm() + ' ' + span(seconds) + '.';
    }

    /**
     * Ends the ban of a peer.
     *
     * @param who the peer
     * @return whether it was banned
     */
    public Outcome pardon(String who) {
        PeerId peer = services.finder().id(who);
        return outcome(services.require(ReputationAdmin.class).pardon(peer), "Pardoned " + peer.shortForm() + '.',
                peer.shortForm() + " is not banned.");
    }

    /**
     * Closes the connection to a peer.
     *
     * @param who the peer
     * @param reason why, told to the peer
     * @return whether it was connected
     */
    public Outcome disconnect(String who, String reason) {
        PeerId peer = services.finder().id(who);
        return outcome(services.require(PeerAdmin.class).disconnect(peer, reason),
                "Disconnected " + peer.shortForm() + '.', peer.shortForm() + " is not connected.");
    }

    /**
     * Dials an address now, whatever its back-off.
     *
     * @param where the address, or the peer there
     * @return what was done; whether the peer answers is known later
     */
    public String connect(String where) {
        PeerAddress address = services.finder().address(where);
        services.require(PeerAdmin.class).connect(address);
        return "Dialling " + address + '.';
    }

    /**
     * Adds a peer that is always dialled, stored where that is possible.
     *
     * @param where its address
     * @param alias a name for it, or empty
     * @return what was done
     */
    public String add(String where, String alias) {
        PeerAddress address = PeerAddress.parse(where);
        PeerAdmin admin = services.require(PeerAdmin.class);
        Optional<String> pid = admin.keep(address, alias);
        if (pid.isPresent()) {
            return "Added " + named(address, alias) + ", kept as the configuration " + pid.get() + '.';
        }
        admin.add(address, alias);
        return "Added " + named(address, alias) + " until the node stops: there is no Config Admin to keep it.";
    }

    /**
     * Adds a peer that is dialled until it is removed or the node stops.
     *
     * @param where its address
     * @param alias a name for it, or empty
     * @return what was done
     */
    public String addTransient(String where, String alias) {
        PeerAddress address = PeerAddress.parse(where);
        services.require(PeerAdmin.class).add(address, alias);
        return "Added " + named(address, alias) + " until the node stops.";
    }

    private static String named(PeerAddress address, String alias) {
        return alias.isEmpty() ? address.toString() : alias + " at " + address;
    }

    /**
     * Forgets an added or learnt peer and closes its connection.
     *
     * @param where its address, or the peer there
     * @return whether it could be forgotten
     */
    public Outcome remove(String where) {
        PeerAddress address = services.finder().address(where);
        PeerAdmin admin = services.require(PeerAdmin.class);
        return admin.remove(address) ? new Outcome(true, "Removed " + address + '.')
                : new Outcome(false, address + whyItStays(admin, address));
    }

    private String whyItStays(PeerAdmin admin, PeerAddress address) {
        if (admin.isConfigured(address)) {
            return " is in the configuration: take it out of seeds of org.ippan.network.peers, or delete its own file.";
        }
        boolean came = services.find(PeerDirectory.class).stream().flatMap(peers -> peers.connected().stream())
                .anyMatch(peer -> peer.address().equals(address));
        return came ? " is where a peer connected from by itself: disconnect it, or ban it." : " is not known.";
    }

    /**
     * Hears peers at an address again from which too many handshakes failed.
     *
     * @param where an IP address or a prefix
     * @return whether it was blocked
     */
    public Outcome unblock(String where) {
        return outcome(services.require(PeerAdmin.class).unblock(where), "Unblocked " + where + '.',
                where + " is not blocked.");
    }

    /**
     * Publishes a text to all nodes. Equal texts are messages of their own.
     *
     * @param topic under which it is published
     * @param text of the message
     * @return what was done
     * @throws IllegalStateException if it is not published, saying why
     */
    public String publish(String topic, String text) {
        return accepted(services.require(Gossip.class).publish(message(topic, text)));
    }

    /**
     * Publishes a text as soon as the network takes it.
     *
     * @param topic under which it is published
     * @param text of the message
     * @param patienceSeconds how long to wait while there is back-pressure
     * @return what was done
     * @throws IllegalStateException if it is not published, saying why
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public String publish(String topic, String text, int patienceSeconds) throws InterruptedException {
        Gossip gossip = services.require(Gossip.class);
        Message message = message(topic, text);
        PublishResult result = gossip.publish(message);
        while (result.status() == PublishResult.Status.BACKPRESSURE) {
            try {
                gossip.whenWritable(message.priority()).toCompletableFuture().get(patienceSeconds, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return accepted(result);
            }
            result = gossip.publish(message);
        }
        return accepted(result);
    }

    private Message message(String topic, String text) {
        return Message.of(Topic.of(topic), text.getBytes(StandardCharsets.UTF_8)).withNonce(nonce.getAndIncrement());
    }

    private static String accepted(PublishResult result) {
        if (!result.accepted()) {
            throw new IllegalStateException("not published: " + result.status().text());
        }
        return "Published " + result.id().orElseThrow() + '.';
    }
}
