// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a connection ended or never came about, in words for an operator. Peers keep that as one text: what the network
 * said, or the reason for which one of the two nodes closed, called as on the wire.
 *
 * @param text why, without a full stop
 * @param advice what to do about it
 */
public record Ending(String text, String advice) {

    /** What peers tell when this node refused somebody whom its list does not name. */
    public static final String NOT_ALLOWED = "AUTH: not on the list";

    private static final String LOOK = "See that it is a node of the same version, with TLS as here, and what its log"
            + " says.";
    /** The first whose pattern is the whole error is what it means. */
    private static final List<Rule> RULES = List.of(
            rule("(the peer says )?WRONG_NETWORK.*", "its networkId is not that of this node",
                    "Set the same networkId of org.ippan.network.peers on both nodes."),
            rule("(the peer says )?AUTH: the network key .*", "its networkKey is not that of this node",
                    "Set the same networkKey of org.ippan.network.peers on both nodes."),
            rule("the peer says AUTH: not on the list.*", "its mode is allowlist, and this node is not on its list",
                    "Have the id of this node added to allow of org.ippan.network.peers there."),
            rule(NOT_ALLOWED + ".*", "the mode of this node is allowlist, and the peer is not on its list",
                    "If it is to connect, add its id to allow of org.ippan.network.peers."),
            rule("AUTH: another peer .*", "somebody else answers there than the peer whose id is configured",
                    "Correct the id or the address; a node that lost its key has another id."),
            rule("(the peer says )?SELF.*", "this is the address of this node itself",
                    "Take it out of the configuration."),
            rule("the peer says BANNED.*", "this node is banned there", "Ask there why, by the id of this node."),
            rule("the peer says TOO_MANY: (.*)", "it takes no more connections just now: $1",
                    "Wait, or configure this node as a peer there: those are always let in."),
            rule("TOO_MANY: (.*)", "this node takes no more connections just now: $1",
                    "Wait, or raise maxConnections of org.ippan.network.peers."),
            rule("TLS failed: (.*)", "TLS failed: $1", "Set the same tls of org.ippan.network.transport on both nodes,"
                    + " and see that it is a node."),
            rule("the peer says [A-Z_]+(.*)", "it closed the connection$1", LOOK),
            rule("[A-Z_]+(|: .*)", "this node closed the connection$1", LOOK));

    /** What errors of a kind mean. */
    private record Rule(Pattern error, Ending meaning) {
    }

    private static Rule rule(String error, String text, String advice) {
        return new Rule(Pattern.compile(error), new Ending(text, advice));
    }

    /**
     * Puts an error into words.
     *
     * @param error the last error of a peer, as peers tell it
     */
    public static Ending of(String error) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.error().matcher(error);
            if (matcher.matches()) {
                return new Ending(matcher.replaceFirst(rule.meaning().text()), rule.meaning().advice());
            }
        }
        return new Ending(error, LOOK);
    }
}
