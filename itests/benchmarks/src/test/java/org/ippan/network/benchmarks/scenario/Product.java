// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.scenario;

import java.util.Locale;

/** The systems that are measured. */
public enum Product {
    /** Our nodes, through the embedding API. */
    OURS(true, true, true),
    /** Bare Netty: writes are coalesced and shared, nothing is checked. The limit of the machine. */
    NETTY(true, false, false),
    /** The same with one SHA-256 per delivery. The limit of everything that knows messages by content. */
    NETTY_HASH(true, false, false),
    /** JGroups with its stack {@code tcp.xml}. */
    JGROUPS_TCP(true, false, false),
    /** JGroups with its stack {@code tcp-new.xml}. */
    JGROUPS_TCP_NEW(true, false, false),
    /** A topic of Hazelcast, whose free edition has no TLS. */
    HAZELCAST(false, false, false);

    private final boolean encrypts;
    private final boolean relays;
    private final boolean hurries;

    Product(boolean encrypts, boolean relays, boolean hurries) {
        this.encrypts = encrypts;
        this.relays = relays;
        this.hurries = hurries;
    }

    /**
     * The name on the command line and in the tables.
     *
     * @return lower case, words joined by hyphens
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it can play a scenario; those that cannot relay need a link between any two nodes. */
    boolean plays(Topology topology, boolean tls, boolean urgent) {
        return (relays || topology == Topology.MESH) && (encrypts || !tls) && (hurries || !urgent);
    }
}
