// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.memory.MemoryNetwork;
import org.ippan.network.testkit.memory.MemoryNode;
import org.junit.jupiter.api.Test;

/** The validator and the format in a network in memory: no sockets, no threads, and the test moves the time. */
class PricesTest {

    private final ManualScheduler time = new ManualScheduler();
    private final MemoryNetwork network = new MemoryNetwork(time);
    private final PriceJson format = new PriceJson();

    @Test
    void shouldDeliverPricesAndNothingElse() {
        MemoryNode paris = network.join();
        MemoryNode tokyo = network.join();
        List<Price> received = new ArrayList<>();
        tokyo.validate("prices/*", new PriceValidator());
        tokyo.subscribe("prices/*", message -> received.add(format.decode(message.payload())));

        paris.publish(Message.of(Topic.of("prices/tea"), format.encode(new Price("tea", "4.20"))));
        paris.publish(Message.of(Topic.of("prices/tea"), "four twenty".getBytes(UTF_8)));
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of(new Price("tea", "4.20")), received);
        assertEquals(List.of(), tokyo.failures());
    }
}
