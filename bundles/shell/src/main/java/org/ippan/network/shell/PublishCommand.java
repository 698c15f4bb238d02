// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
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

    private static final int PATIENCE_SECONDS = 30;

    @Argument(name = "topic", description = "The topic it is published under", required = true)
    @Completion(TopicCompleter.class)
    String topic;

    @Argument(index = 1, name = "text", description = "The message")
    String text;

    @Option(name = "--file", description = "A file of which each line is a message, in UTF-8")
    @Completion(FileCompleter.class)
    String file;

    @Override
    public void run(Output out) throws Exception {
        if ((text == null) == (file == null)) {
            throw new IllegalArgumentException("give either a text or --file");
        }
        out.line(file == null ? services.orders().publish(topic, text, PATIENCE_SECONDS)
                : "Published " + publishLines() + " messages.");
    }

    private long publishLines() throws InterruptedException {
        long lines = 0;
        try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                services.orders().publish(topic, line, PATIENCE_SECONDS);
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
}
