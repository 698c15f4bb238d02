// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.nat.Nat;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What is said of a router that refuses, by each code of both protocols, and of one that answers no longer. */
public class RouterWordsIT {

    private static final String NAT = "org.ippan.network.nat";
    private static final String ADDRESS = "127.0.5.2";
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(RouterWordsIT.class.getSimpleName());
    private static final int UNKNOWN = 99;

    private final ErrorOutput log = new ErrorOutput();
    private PlainFelix felix;
    private OddRouter router;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        router = new OddRouter(ADDRESS);
        felix = new PlainFelix(FOLDER);
        felix.start(List.of(NAT));
    }

    @After
    public void stop() {
        felix.close();
        router.close();
        log.close();
    }

    private void ask(String protocol) throws Exception {
        felix.configure(NAT, Map.of("enabled", "true", "gateway", ADDRESS, "ports", "9700", "timeoutSeconds", "1",
                "protocols", protocol));
    }

    private void isRefused(int result, String why) {
        router.result = result;
        felix.service(Nat.class).renew();
        Eventually.until(() -> why + ", not " + felix.told(NatSnapshot.class).toList(), NodeInside.SOON,
                () -> felix.told(NatSnapshot.class).anyMatch(each -> each.lastError().equals(why)));
    }

    @Test
    public void shouldSayWhatARouterAnswersThatMapsNothing() throws Exception {
        router.miserly = true;
        ask("nat-pmp");
        isRefused(0, "nat-pmp: the router granted nothing");
        isRefused(1, "nat-pmp: unsupported version (code 1)");
        isRefused(3, "nat-pmp: the router itself has no address yet (code 3)");
        isRefused(4, "nat-pmp: out of resources (code 4)");
        isRefused(5, "nat-pmp: unsupported operation (code 5)");
        isRefused(UNKNOWN, "nat-pmp: unknown result (code 99)");

        ask("pcp");
        isRefused(0, "pcp: the router granted nothing");
        isRefused(1, "pcp: unsupported version (code 1)");
        isRefused(2, "pcp: not authorized (code 2)");
        isRefused(3, "pcp: malformed request (code 3)");
        isRefused(4, "pcp: unsupported operation (code 4)");
        isRefused(5, "pcp: unsupported option (code 5)");
        isRefused(6, "pcp: malformed option (code 6)");
        isRefused(7, "pcp: network failure (code 7)");
        isRefused(8, "pcp: no resources (code 8)");
        isRefused(9, "pcp: unsupported protocol (code 9)");
        isRefused(10, "pcp: quota exceeded (code 10)");
        isRefused(11, "pcp: cannot provide the external port (code 11)");
        isRefused(12, "pcp: address mismatch: another router is between (code 12)");
        isRefused(13, "pcp: too many peers (code 13)");
        isRefused(UNKNOWN, "pcp: unknown result (code 99)");
        log.says("INFO", "Peers beyond the router cannot connect to this node: ");
    }

    @Test
    public void shouldSayWhatARouterMapsAndWhatItLeavesMapped() throws Exception {
        ask("pcp");
        log.says("INFO", "The router passes connections on: 1.2.3.4:9700 -> 9700. protocol=pcp gateway=" + ADDRESS);

        router.mute = true;
        felix.configure(NAT, Map.of("enabled", "false", "timeoutSeconds", "1"));

        log.says("INFO", "Mapping not removed: port 9700 stays mapped until its lease ends: no answer within 1000 ms");
        log.says("INFO", "The router passes on no connections any more");

        router.mute = false;
        ask("nat-pmp");
        log.says("INFO", "The router passes connections on: 1.2.3.4:9700 -> 9700. protocol=nat-pmp");

        router.close();
        felix.bundle(NAT).stop();

        log.says("INFO", "Mapping not removed: port 9700 stays mapped until its lease ends: " + ADDRESS
                + " port 5351: nothing listens there");
    }
}
