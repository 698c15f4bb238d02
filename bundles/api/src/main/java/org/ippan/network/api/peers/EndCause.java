// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

/** Why a connection ended or never came about, with the words and the advice every surface shows. */
public enum EndCause {
    /** Nothing ended. */
    NONE("", Advice.LOOK),
    /** No connection could be opened; the detail says what the network said. */
    UNREACHABLE("", "Check the address, that a node with the same tls runs there, and the firewalls between."),
    /** An open connection broke or was closed without a reason; the detail says how. */
    LOST("", Advice.LOOK),
    /** The peer said that it stops or restarts. */
    LEFT("it left the network", ""),
    /** This node ended it: an operator, a stop or a removed peer. */
    DISCONNECTED("this node disconnected it", ""),
    /** The names of the networks differ. */
    OTHER_NETWORK("its networkId is not that of this node",
            "Set the same networkId of org.ippan.network.peers on both nodes.", false),
    /** The peer could not prove the key of the network. */
    OTHER_KEY("its networkKey is not that of this node",
            "Set the same networkKey of org.ippan.network.peers on both nodes.", false),
    /** The peer's list of allowed peers does not name this node. */
    NOT_ADMITTED("it does not admit this node", "If its mode is allowlist, have the id of this node added to allow of"
            + " org.ippan.network.peers there."),
    /** This node's list of allowed peers does not name the peer. */
    NOT_ALLOWED("the mode of this node is allowlist, and the peer is not on its list",
            "If it is to connect, add its id to allow of org.ippan.network.peers.", false),
    /** Another peer answered than the one whose id is configured. */
    OTHER_PEER("another peer answers there than the one whose id is configured",
            "Correct the id or the address; a node that lost its key has another id.", false),
    /** The peer dialled this node and has another id configured for its address. */
    OTHER_PEER_THERE("it expects another peer at the address of this node", "Correct the id of this node in its"
            + " configuration, or the address there; a node that lost its key has another id.", false),
    /** The peer claims an id that its certificate does not prove. */
    NOT_ITS_ID("it claims another id than that of its certificate", Advice.LOOK, false),
    /** The protocols have no version in common. */
    VERSION("it has no version of the protocol in common with this node",
            "Run versions of ippan-network that work together.", false),
    /** The address is this node's own. */
    OWN_ADDRESS("this is the address of this node itself", "Take it out of the configuration.", false),
    /** Two living nodes have the same key. */
    SHARED_IDENTITY("another living node uses the same identity", "Stop one of them, move its identity file away and"
            + " start it again: it makes a key of its own."),
    /** This node has banned the peer. */
    BANNED("it is banned", "Ask why by its name; pardon it if that was a mistake.", false),
    /** The peer has banned this node. */
    BANNED_THERE("this node is banned there", "Ask there why, by the id of this node.", false),
    /** A limit of this node leaves no room; the detail names it. Met by peers that are not configured only. */
    FULL("this node takes no more connections just now", ""),
    /** A limit of the peer leaves no room. */
    FULL_THERE("it takes no more connections just now",
            "Wait, or configure this node as a peer there: those are always let in."),
    /** Too many handshakes of peers that dialled this node failed before. */
    TOO_MANY_FAILURES("it is heard once a minute only, as too many of its handshakes failed", "", false),
    /** The peer hears this node seldom, for its rate or its failures. */
    RATE_LIMITED_THERE("it limits how often it hears this node", "Compare networkKey of org.ippan.network.peers on"
            + " both nodes; else look into its log."),
    /** Another connection to the same peer stays. */
    DUPLICATE("another connection to it stays", "", false),
    /** The peer did not answer or took nothing in time. */
    TOO_SLOW("it did not answer in time", "Check its load and the line to it."),
    /** This node was too slow for the peer. */
    TOO_SLOW_THERE("it found this node too slow", "Check the load of this node and the line between."),
    /** The peer broke the protocol or a rate. */
    BROKE_PROTOCOL("this node closed the connection", Advice.LOOK),
    /** The peer says that this node broke the protocol. */
    REFUSED_PROTOCOL("it closed the connection", Advice.LOOK);

    private final String words;
    private final String advice;
    private final boolean detailed;

    EndCause(String words, String advice) {
        this(words, advice, true);
    }

    /** Without detail the words say all there is. */
    EndCause(String words, String advice, boolean detailed) {
        this.words = words;
        this.advice = advice;
        this.detailed = detailed;
    }

    /** Texts that several causes share. */
    private static final class Advice {
        static final String LOOK = "See that it is a node of the same version, with TLS as here, and what its log"
                + " says.";
    }

    /**
     * The cause behind a reason that the peer told.
     *
     * @param reason from its GOODBYE
     * @return the cause
     */
    public static EndCause told(GoodbyeReason reason) {
        return switch (reason) {
            case SHUTDOWN, RESTARTING -> LEFT;
            case WRONG_NETWORK -> OTHER_NETWORK;
            case VERSION -> VERSION;
            case AUTH -> NOT_ADMITTED;
            case NETWORK_KEY -> OTHER_KEY;
            case OTHER_PEER -> OTHER_PEER_THERE;
            case SELF -> OWN_ADDRESS;
            case DUPLICATE -> DUPLICATE;
            case TOO_MANY -> FULL_THERE;
            case BANNED -> BANNED_THERE;
            case RATE_LIMIT -> RATE_LIMITED_THERE;
            case SLOW_PEER, TIMEOUT -> TOO_SLOW_THERE;
            case PROTOCOL_ERROR -> REFUSED_PROTOCOL;
        };
    }

    /**
     * The cause behind a reason that this node told, where nothing closer is known.
     *
     * @param reason from its GOODBYE
     * @return the cause
     */
    public static EndCause of(GoodbyeReason reason) {
        return switch (reason) {
            case SHUTDOWN, RESTARTING -> DISCONNECTED;
            case WRONG_NETWORK -> OTHER_NETWORK;
            case VERSION -> VERSION;
            case AUTH -> NOT_ALLOWED;
            case NETWORK_KEY -> OTHER_KEY;
            case OTHER_PEER -> OTHER_PEER;
            case SELF -> OWN_ADDRESS;
            case DUPLICATE -> DUPLICATE;
            case TOO_MANY -> FULL;
            case BANNED -> BANNED;
            case SLOW_PEER, TIMEOUT -> TOO_SLOW;
            case RATE_LIMIT, PROTOCOL_ERROR -> BROKE_PROTOCOL;
        };
    }

    /**
     * Why, for people.
     *
     * @param detail what is known beside the cause, or empty
     * @return words without a full stop; empty for {@link #NONE}
     */
    public String text(String detail) {
        if (!detailed) {
            return words;
        }
        return words.isEmpty() || detail.isEmpty() ? words + detail : words + ": " + detail;
    }

    /**
     * Whether the peer answers, and the connection fails all the same until an operator of either node changes
     * something: dialling again does not help.
     *
     * @return false for what may pass by itself
     */
    public boolean lasts() {
        return switch (this) {
            case OTHER_NETWORK, OTHER_KEY, NOT_ADMITTED, NOT_ALLOWED, OTHER_PEER, OTHER_PEER_THERE, NOT_ITS_ID, VERSION,
                    OWN_ADDRESS, SHARED_IDENTITY, BANNED, BANNED_THERE, RATE_LIMITED_THERE -> true;
            default -> false;
        };
    }

    /** {@return what to do about it: a sentence, or empty} */
    public String advice() {
        return advice;
    }
}
