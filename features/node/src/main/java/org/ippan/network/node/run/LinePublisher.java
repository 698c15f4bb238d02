// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;

/**
 * Publishes lines, each as one message, as fast as the network takes them. The nonce is a random start plus the number
 * of the line: equal lines, of two runs too, are separate messages. Used by one thread.
 */
final class LinePublisher {

    /** Bytes of the longest line read: no message is longer, whatever is configured. */
    static final int MAX_LINE_BYTES = 16 << 20;

    /** How long room is awaited before the network is simply asked again. */
    private static final long WRITABLE_MILLIS = 500;

    /** Between two tries while nobody is connected or the service is being replaced. */
    private static final long RETRY_MILLIS = 100;

    private final Supplier<Optional<Gossip>> gossip;
    private final Topic topic;
    private final long firstNonce;
    private final Progress progress;

    /** Is told how it goes, and says when to give up. */
    interface Progress {

        /** Called for every line, and at least twice a second while waiting. */
        void at(long accepted, long refused);

        /** A line that cannot be published. */
        void refused(Line line);

        /** Called instead while a line is not accepted; true when that has taken too long. */
        default boolean givesUp(PublishResult.Status why) {
            return false;
        }

        /** Waits; returns true when publishing has to end. */
        boolean stopped(long millis) throws InterruptedException;
    }

    /**
     * What became of the lines.
     *
     * @param accepted lines the network took
     * @param refused lines that are too long for it
     * @param complete whether every line was tried
     */
    record Result(long accepted, long refused, boolean complete) {
    }

    /**
     * Publishes to a topic.
     *
     * @param gossip the service that is there now
     * @param topic of the messages
     * @param firstNonce a random number
     * @param progress is told how it goes
     */
    LinePublisher(Supplier<Optional<Gossip>> gossip, Topic topic, long firstNonce, Progress progress) {
        this.gossip = gossip;
        this.topic = topic;
        this.firstNonce = firstNonce;
        this.progress = progress;
    }

    /** Publishes every line, or as many as there is time for. */
    Result publish(LineReader lines) throws IOException, InterruptedException {
        long accepted = 0;
        long refused = 0;
        for (Line line = lines.next(); line != null; line = lines.next()) {
            PublishResult.Status status = line.tooLong() ? PublishResult.Status.TOO_LARGE
                    : publish(line, accepted, refused);
            switch (status) {
                // A duplicate is with the network already: an earlier try of this very line.
                case ACCEPTED, DUPLICATE -> accepted++;
                case TOO_LARGE -> {
                    refused++;
                    progress.refused(line);
                }
                default -> {
                    return new Result(accepted, refused, false);
                }
            }
            progress.at(accepted, refused);
        }
        return new Result(accepted, refused, true);
    }

    /** Tries until the line is taken or will never be; any other status means that publishing has to end. */
    private PublishResult.Status publish(Line line, long accepted, long refused) throws InterruptedException {
        Message message = new Message(topic, line.bytes(), Priority.NORMAL, firstNonce + line.number());
        while (true) {
            Optional<Gossip> service = gossip.get();
            PublishResult.Status status = service.map(there -> there.publish(message).status())
                    .orElse(PublishResult.Status.CLOSED);
            boolean stopped = switch (status) {
                case BACKPRESSURE -> {
                    awaitRoom(service.get().whenWritable(Priority.NORMAL));
                    yield progress.stopped(0);
                }
                case NO_PEERS, CLOSED -> progress.stopped(RETRY_MILLIS);
                default -> true;
            };
            if (stopped || progress.givesUp(status)) {
                return status;
            }
            progress.at(accepted, refused);
        }
    }

    private static void awaitRoom(CompletionStage<Void> room) throws InterruptedException {
        try {
            room.toCompletableFuture().get(WRITABLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Either way the next try to publish tells.
            return;
        }
    }
}
