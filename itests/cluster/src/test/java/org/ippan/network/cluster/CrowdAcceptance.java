// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Bad applications and a flood for them cost good ones on other topics neither a message nor a second. Takes two
 * minutes; {@code docs/testing.md} has the command, {@link ApplicationsIT} the short form.
 */
class CrowdAcceptance {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("crowd.seconds", 60));
    private static final Duration MOST = Duration.ofSeconds(1);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldDeliverOtherTopicsWithinASecondHoweverBadTheRestIs() throws InterruptedException {
        Crowd crowd = new Crowd(nodes);

        crowd.run(TIME);
        crowd.awaitAll();

        System.out.println(crowd);
        for (String topic : Crowd.OTHERS) {
            assertTrue(crowd.delay(topic, 990).compareTo(MOST) <= 0, crowd.toString());
        }
    }
}
