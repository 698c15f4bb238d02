// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.ippan.network.testkit.process.Counterpart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A – B over TCP, B – C through nginx and tinyproxy: what {@link NginxIT} shows in short, with a gigabyte, an outage of
 * ten seconds and a long silence. The file is {@code -Dacceptance.mebibytes}, the silence {@code -Dacceptance.seconds};
 * {@code docs/testing.md} has the command.
 */
class WebSocketAcceptance {

    private static final int MEBIBYTES = Integer.getInteger("acceptance.mebibytes", 1024);
    /** nginx closes what is silent for 60 s, tinyproxy here after 600 s. */
    private static final int SILENT_SECONDS = Integer.getInteger("acceptance.seconds", 620);
    private static final int ROUNDS = 5;
    private static final double MOST_COST = 2.5;
    private static final Duration TO_LINK = Duration.ofSeconds(1);
    private static final Duration TO_COME_BACK = Duration.ofSeconds(3);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @BeforeEach
    void shouldHavePrograms() {
        assumeTrue(Counterpart.isNginxInstalled() && Counterpart.isTinyproxyInstalled(),
                "skipped: no nginx or no tinyproxy (apt-get install nginx-light tinyproxy)");
    }

    @Test
    void shouldCarryAGigabyteForAtMostTwoAndAHalfTimesTheProcessorTimeOfTcp() throws Exception {
        Path file = nodes.path("file");
        String sha256 = NumberedFile.write(file, MEBIBYTES * (1024 * 1024 / NumberedFile.PIECE));
        Way.Cost tcp;
        try (Way way = new Way(nodes, Way.Between.NOTHING, Way.FULL_COMPILER)) {
            tcp = way.carry(file, sha256);
        }
        try (Way way = new Way(nodes, Way.Between.NGINX_AND_TINYPROXY, Way.FULL_COMPILER)) {
            Way.Cost webSocket = way.carry(file, sha256);
            double ratio = webSocket.nodes() / tcp.nodes();
            System.out.printf("processor time of both nodes %.2f times that of TCP, of C alone %.2f times%n", ratio,
                    webSocket.atC() / tcp.atC());
            assertTrue(ratio <= MOST_COST, "processor time " + ratio + " times that of TCP");
            way.assertBothKindsLookAlike();
            way.assertABanHoldsOnBoth();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void shouldComeBackAndLoseNothingWhenNginxIsAwayForTenSeconds() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (Way way = new Way(nodes, Way.Between.NGINX_AND_TINYPROXY, Way.FULL_COMPILER)) {
                Duration taken = way.outage(10);
                assertTrue(taken.compareTo(TO_COME_BACK) <= 0, "linked after " + taken);
            }
        }
    }

    @Test
    void shouldLinkWithinASecondAndStayLinkedInSilence() throws Exception {
        try (Way way = new Way(nodes, Way.Between.NGINX_AND_TINYPROXY, Way.FULL_COMPILER)) {
            way.reconnect();
            for (int i = 0; i < ROUNDS; i++) {
                Duration taken = way.reconnect();
                System.out.printf("linked through the proxies in %d ms%n", taken.toMillis());
                assertTrue(taken.compareTo(TO_LINK) <= 0, "linked in " + taken);
            }
            way.rest(Duration.ofSeconds(SILENT_SECONDS));
        }
    }

    @Test
    void shouldLinkThroughSquidWithItsPassword() throws Exception {
        assumeTrue(Counterpart.isSquidInstalled(), "skipped: no squid (apt-get install squid)");
        Path file = nodes.path("file");
        String sha256 = NumberedFile.write(file, ROUNDS * (1024 * 1024 / NumberedFile.PIECE));
        try (Way way = new Way(nodes, Way.Between.NGINX_AND_SQUID, Way.FULL_COMPILER)) {
            way.carry(file, sha256);
            way.outage(2);
        }
    }
}
