// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.command;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.ippan.network.shell.output.Output;
import org.ippan.network.shell.output.Services;

/** What all commands have in common. Karaf makes one instance for each call. */
public abstract class NetworkCommand implements Action {

    @Reference
    public Services services;

    @Reference
    public Session session;

    /** Answers; an {@link IllegalArgumentException} or {@link IllegalStateException} is told to the operator. */
    public abstract void run(Output out) throws Exception;

    /** How the answer is written. */
    protected Output.Form form() {
        return Output.Form.TABLE;
    }

    @Override
    public final Object execute() throws Exception {
        try {
            // What Karaf has put in its place for this thread: the console, or the next command of a pipe.
            run(new Output(System.out, form()));
            return null;
        } catch (IllegalArgumentException | IllegalStateException e) {
            // The one exception that Karaf prints without logging its stack.
            throw new CommandException(e.getMessage(), e.getMessage(), e);
        }
    }
}
