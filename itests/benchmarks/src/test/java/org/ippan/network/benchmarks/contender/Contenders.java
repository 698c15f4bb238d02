// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

/** Starts members. */
public final class Contenders {

    static final String LOOPBACK = "127.0.0.1";

    private Contenders() {
    }

    /**
     * Starts a member of the system the scenario names.
     *
     * @param seat what it is told
     * @return running, not necessarily connected
     * @throws Exception whatever the system throws
     */
    public static Member start(Seat seat) throws Exception {
        return switch (seat.scenario().product()) {
            case OURS -> new OursMember(seat);
            case NETTY -> NettyMember.start(seat, false);
            case NETTY_HASH -> NettyMember.start(seat, true);
            case JGROUPS_TCP -> new JGroupsMember(seat, "tcp.xml");
            case JGROUPS_TCP_NEW -> new JGroupsMember(seat, "tcp-new.xml");
            case HAZELCAST -> new HazelcastMember(seat);
        };
    }
}
