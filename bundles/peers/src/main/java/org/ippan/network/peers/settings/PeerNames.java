// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import java.util.regex.Pattern;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.peers.wire.Goodbye;

/** What the configurations of peers are called that operators add. Stateless. */
public final class PeerNames {

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    /** Tables, logs and beans show it. */
    private static final int MOST = 64;
    /** With room for a number. */
    private static final int LONGEST_MADE = 56;
    /** What orders take for something else: an address, or the beginning of an id. */
    private static final Pattern MISTAKABLE = Pattern.compile(".*:.*|[0-9a-fA-F]{8,}");

    private PeerNames() {
    }

    /**
     * Requires that a text can be an alias, or is empty.
     *
     * @throws IllegalArgumentException if tables cannot show it, or an order by it could mean another peer
     */
    public static void require(String alias) {
        if (alias.length() > MOST || !alias.equals(Goodbye.clean(alias)) || MISTAKABLE.matcher(alias).matches()) {
            throw new IllegalArgumentException("alias = " + Goodbye.clean(alias.substring(0, Math.min(MOST,
                    alias.length()))) + ": must be at most " + MOST + " characters without control characters, and"
                    + " neither an address nor 8 or more digits of an id");
        }
    }

    /**
     * The name of a peer's configuration: its alias, or made from its address where it has none. Several addresses may
     * make the same one.
     *
     * @param number of those that made it, from 1
     * @throws IllegalArgumentException if the alias is no name of a configuration
     */
    public static String of(PeerAddress address, String alias, int number) {
        String made = address.toString().replaceAll("[^0-9A-Za-z]+", "-");
        String name = alias.isEmpty() ? made.substring(0, Math.min(LONGEST_MADE, made.length()))
                + (number == 1 ? "" : "-" + number) : alias;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("alias = " + alias + ": must be 1 to 64 letters, digits, '-' and '_' to"
                    + " be kept; choose another, or add the peer as transient");
        }
        return name;
    }

    /** Another peer has the alias: what is written for one must not take another one away. */
    public static IllegalArgumentException taken(String alias, Object address) {
        return new IllegalArgumentException("alias = " + alias + ": the peer at " + address + " has it; choose another,"
                + " or remove that peer first");
    }

    /** A file describes the peer: what is changed elsewhere would be undone when it is read again. */
    public static IllegalArgumentException inFile(String alias, Object file) {
        return new IllegalArgumentException("alias = " + alias + ": change this peer in " + file);
    }

    /** Whether what a configuration says of an address means this one. */
    public static boolean isAt(PeerAddress address, Object stored) {
        try {
            return stored != null && PeerAddress.parse(String.valueOf(stored)).equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
