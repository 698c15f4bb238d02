// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.shell.command.NetworkCommand;
import org.ippan.network.shell.complete.TopicCompleter;
import org.ippan.network.shell.output.Output;

/** {@code ippan:publish}. */
@Service
@Command(scope = "ippan", name = "publish", description = "Publishes a text, or the lines of a file, to all nodes",
        detailedDescription = """
                Equal texts are messages of their own. A file is read on the machine the node runs on, which is why
                only administrators may name one.

                Examples:
                  ippan:publish news 'hello world'
                  ippan:publish --file /tmp/lines.txt news
                """)
public final class PublishCommand extends NetworkCommand {

    private static final long MOST_SECONDS_TO_WAIT = 30;

    @Argument(name = "topic", description = "The topic it is published under", required = true)
    @Completion(TopicCompleter.class)
    String topic;

    @Argument(index = 1, name = "text", description = "The message")
    String text;

    @Option(name = "--file", description = "A file of which each line is a message, in UTF-8")
    @Completion(FileCompleter.class)
    String file;

    /** Tells equal texts apart. */
    private long nonce = System.nanoTime();

    @Override
    public void run(Output out) throws Exception {
        if ((text == null) == (file == null)) {
            throw new IllegalArgumentException("give either a text or --file");
        }
        Topic to = Topic.of(topic);
        Gossip gossip = services.require(Gossip.class);
        if (file == null) {
            out.line("Published " + publish(gossip, to, text).id().orElseThrow() + ".");
        } else {
            out.line("Published " + publishLines(gossip, to) + " messages.");
        }
    }

    private long publishLines(Gossip gossip, Topic to) throws Exception {
        long lines = 0;
        try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                publish(gossip, to, line);
                lines++;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + " after " + lines + " messages: "
                    + FileErrors.words(e), e);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "; " + lines + " messages before it were", e);
        }
        return lines;
    }

    /** Publishes as soon as the network takes it. */
    private PublishResult publish(Gossip gossip, Topic to, String line) throws Exception {
        Message message = Message.of(to, line.getBytes(StandardCharsets.UTF_8)).withNonce(nonce++);
        PublishResult result = gossip.publish(message);
        while (result.status() == PublishResult.Status.BACKPRESSURE) {
            gossip.whenWritable(message.priority()).toCompletableFuture().get(MOST_SECONDS_TO_WAIT, TimeUnit.SECONDS);
            result = gossip.publish(message);
        }
        if (!result.accepted()) {
            throw new IllegalStateException("not published: " + result.status().text());
        }
        return result;
    }
}
