// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.peers.context.Routing;
import org.junit.jupiter.api.Test;

/** Of whom protocols are told that they belong to the network. */
class BelongingTest extends Encounter {

    private final FakeHandler handler = new FakeHandler();

    private List<Boolean> members() {
        return handler.links.stream().map(PeerLink::isMember).toList();
    }

    private void greet() {
        node.core.route(Routing.of(List.of(handler)));
        meet();
    }

    @Test
    void shouldTakeAPeerOfAnOpenNetworkForAStranger() {
        greet();

        assertEquals(List.of(false), members());
    }

    @Test
    void shouldTakeAPeerThatProvedTheKeyForAMember() {
        TestNode other = node(2).set("networkKey", "correct horse battery staple").start();
        node.set("networkKey", "correct horse battery staple").start();
        node.core.route(Routing.of(List.of(handler)));
        pass(0.1);

        other.operations.connect(node.address());
        pass(1);

        assertEquals(List.of(true), members());
    }

    @Test
    void shouldTakeAPeerOnTheListForAMember() {
        node.set("mode", "allowlist").set("allow", List.of(peer.id.toString()));

        greet();

        assertEquals(List.of(true), members());
    }

    @Test
    void shouldTakeAPeerAtAConfiguredAddressForAMember() {
        peer.transport.listen(peer);
        node.seeds(peer.transport.address().toString());
        node.start();
        node.core.route(Routing.of(List.of(handler)));

        pass(1);

        assertEquals(List.of(true), members());
    }

    @Test
    void shouldTakeAPeerWithTheProvedIdOfAConfiguredOneForAMember() {
        node.seeds("10.9.9.9:9700#" + peer.id);

        greet();

        assertEquals(List.of(true), members());
    }

    /** Protocols rely on that: a stranger that gossip gave up is waited for with its next link, not with this one. */
    @Test
    void shouldKeepToWhatWasDecidedWhenTheLinkCameUp() {
        greet();

        node.set("allow", List.of(peer.id.toString())).set("mode", "allowlist");
        pass(1);

        assertEquals(1, node.connected());
        assertEquals(List.of(false), members());
    }

    /** A claim proves nothing. */
    @Test
    void shouldTakeAPeerThatOnlyClaimsTheIdOfAConfiguredOneForAStranger() {
        node.transport.authenticated(false);
        peer.transport.authenticated(false);
        node.seeds("10.9.9.9:9700#" + peer.id);

        greet();

        assertEquals(List.of(false), members());
    }
}
