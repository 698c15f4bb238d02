// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.management.bean.BeanNames;
import org.ippan.network.management.bean.BeanRegistry;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** Which peer has which bean. */
class PeerBeansTest {

    private static final int MOST = 256;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final PeerBeans beans = new PeerBeans(new BeanRegistry(server, warning -> { }),
            BeanNames.free(server, "", "0123456789"), peer -> PeerView.of(peer, Optional.empty(), Optional.empty(),
            Instant.EPOCH));

    private static Peer peer(String alias, String address, boolean connected) {
        return Records.of(Peer.class, Map.of("alias", alias, "address", PeerAddress.parse(address), "connected",
                connected, "configured", true));
    }

    private Map<String, Object> shown(Peer... peers) throws JMException {
        beans.refresh(List.of(peers), MOST);
        Map<String, Object> shown = new TreeMap<>();
        for (ObjectName name : server.queryNames(new ObjectName("org.ippan.network:type=Peer,*"), null)) {
            shown.put(name.getKeyProperty("name"), server.getAttribute(name, "Address"));
        }
        return shown;
    }

    /** Names of beans have neither dots nor colons, and no peer is to be hidden by another one. */
    @Test
    void shouldHaveABeanForEachOfSeveralPeersWhoseNamesReadTheSame() throws JMException {
        Peer dotted = peer("a.b", "10.0.0.1:1", true);
        Peer spaced = peer("a b", "10.0.0.2:1", false);
        Peer plain = peer("a_b", "10.0.0.3:1", false);

        assertEquals(Map.of("a_b", "10.0.0.3:1", "a_b-2", "10.0.0.2:1", "a_b-3", "10.0.0.1:1"),
                shown(dotted, spaced, plain));
        assertEquals(Map.of("a_b", "10.0.0.3:1", "a_b-2", "10.0.0.2:1", "a_b-3", "10.0.0.1:1"),
                shown(plain, spaced, dotted));
        assertEquals(Map.of("a_b", "10.0.0.1:1"), shown(dotted));
        assertEquals(Map.of("my-host_9700", "my-host:9700", "my-host_9700-2", "my-host:9700"),
                shown(peer("", "my-host:9700", true), peer("my-host_9700-2", "my-host:9700", true)));
    }
}
