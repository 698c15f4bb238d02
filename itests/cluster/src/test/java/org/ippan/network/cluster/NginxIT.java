// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ippan.network.testkit.process.Counterpart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node behind nginx and one behind a proxy of its own, as {@link WebSocketAcceptance} has them, in short. */
@Tag(Nodes.WAITING)
@EnabledIf(value = "areInstalled",
        disabledReason = "skipped: no nginx or no tinyproxy (apt-get install nginx-light tinyproxy)")
class NginxIT {

    private static final int PIECES = 64;
    /** On a machine that does ten other things; {@link WebSocketAcceptance} asks for three seconds. */
    private static final Duration TO_COME_BACK = Duration.ofSeconds(20);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    static boolean areInstalled() {
        return Counterpart.isNginxInstalled() && Counterpart.isTinyproxyInstalled();
    }

    @Test
    void shouldCarryAFileComeBackAfterAnOutageAndKeepABannedPeerOut() throws Exception {
        Path file = nodes.path("file");
        String sha256 = NumberedFile.write(file, PIECES);
        try (Way way = new Way(nodes, Way.Between.NGINX_AND_TINYPROXY, List.of())) {
            way.carry(file, sha256);
            Duration taken = way.outage(3);
            assertTrue(taken.compareTo(TO_COME_BACK) <= 0, "linked after " + taken);
            // Last: it dials the other way round nginx, which may be kept when the ban ends.
            way.assertABanHoldsOnBoth();
        }
    }
}
