// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.weather;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Scanner;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;

/** Publishes each line of standard input to the other stations, and prints what they say. Ends with the input. */
public final class Weather {

    private static final Topic TOPIC = Topic.of("weather");

    private Weather() {
    }

    public static void main(String[] addresses) {
        IppanNodeBuilder builder = IppanNode.builder().listen("127.0.0.1", 0);
        for (String address : addresses) {
            builder.peer(address).awaitPeers(1, Duration.ofSeconds(30));
        }
        try (IppanNode node = builder.start(); Scanner lines = new Scanner(System.in, UTF_8)) {
            node.subscribe(TOPIC.toString(),
                    message -> System.out.println("heard: " + new String(message.payloadBytes(), UTF_8)));
            System.out.println("listening at " + node.listenAddress().orElseThrow());
            while (lines.hasNextLine()) {
                Message message = Message.of(TOPIC, lines.nextLine().getBytes(UTF_8)).withNonce(System.nanoTime());
                PublishResult result = node.gossip().publish(message);
                System.out.println("said: " + result.status());
            }
        }
    }
}
