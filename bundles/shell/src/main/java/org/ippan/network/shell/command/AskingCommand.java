// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.command;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Option;
import org.ippan.network.shell.output.Output;

/** A command that takes something away, and asks before. */
public abstract class AskingCommand extends NetworkCommand {

    @Option(name = "--yes", description = "Do not ask")
    public boolean yes;

    /**
     * Whether to go on.
     *
     * @param question ends with a question mark
     * @throws IllegalStateException if there is no terminal to ask at
     */
    protected final boolean agreed(String question, Output out) throws IOException {
        if (yes) {
            return true;
        }
        String answer;
        try {
            answer = session.readLine(question + " (yes/no) ", null);
        } catch (UnsupportedOperationException e) {
            throw new IllegalStateException("there is no terminal to ask at; with --yes it is done without asking", e);
        }
        if (answer != null && answer.strip().matches("(?i)y(es)?")) {
            return true;
        }
        out.line("Nothing is changed.");
        return false;
    }
}
