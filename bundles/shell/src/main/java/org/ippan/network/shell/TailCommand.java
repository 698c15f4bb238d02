// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.util.Hashtable;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.complete.TopicCompleter;
import org.ippan.network.shell.output.Cells;
import org.ippan.network.shell.output.Output;
import org.ippan.network.shell.output.TailLine;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** {@code ippan:tail}. */
@Service
@Command(scope = "ippan", name = "tail", description = "Shows messages as they come from other nodes, until Ctrl-C",
        detailedDescription = """
                What comes faster than it is shown is left out, and nothing else waits for it.

                Examples:
                  ippan:tail                    all topics
                  ippan:tail 'news/*'
                  ippan:tail --count 10 --seconds 60 --json news
                """)
public final class TailCommand extends ShowCommand {

    private static final int WAITING = 1000;
    /** How often it is seen whether anybody still looks. */
    private static final long LOOK_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @Argument(name = "topic", description = "A topic, PREFIX/* or *")
    @Completion(TopicCompleter.class)
    String topic = "*";

    @Option(name = "--count", description = "End after so many messages")
    long count = Long.MAX_VALUE;

    @Option(name = "--seconds", description = "End after so many seconds")
    long seconds = TimeUnit.DAYS.toSeconds(365);

    @Reference
    BundleContext context;

    @Override
    public void run(Output out) {
        if (!Topic.isPattern(topic)) {
            // Else the network refuses the listener, and nothing would ever be shown.
            throw new IllegalArgumentException("topic = '" + topic + "': must be a topic (1 to " + Topic.MAX_LENGTH
                    + " bytes without control characters), PREFIX/* or *");
        }
        BlockingQueue<ReceivedMessage> arrived = new ArrayBlockingQueue<>(WAITING);
        Hashtable<String, Object> wanted = new Hashtable<>();
        wanted.put(GossipListener.TOPIC, topic);
        wanted.put(GossipListener.QUEUE, WAITING);
        wanted.put(GossipListener.OVERFLOW, Cells.text(Overflow.DROP_NEWEST));
        ServiceRegistration<GossipListener> listener =
                context.registerService(GossipListener.class, arrived::offer, wanted);
        try {
            show(arrived, out);
        } catch (InterruptedException e) {
            // Ctrl-C, or the session is closed: the end an operator wants.
        } finally {
            listener.unregister();
        }
    }

    private void show(BlockingQueue<ReceivedMessage> arrived, Output out) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long shown = 0;
        while (shown < count && !out.isBroken()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            ReceivedMessage message = arrived.poll(Math.min(left, LOOK_UP_NANOS), TimeUnit.NANOSECONDS);
            if (message != null) {
                TailLine line = TailLine.of(message);
                if (!out.json(line)) {
                    out.line(line.toString());
                }
                shown++;
            }
        }
    }
}
