// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.command;

import org.apache.karaf.shell.api.action.Option;
import org.ippan.network.shell.output.Output;

/** A command that only shows, to people or to programs. */
public abstract class ShowCommand extends NetworkCommand {

    @Option(name = "--json", description = "Write JSON, everything on one line")
    public boolean json;

    @Option(name = "--no-format", description = "Write lines with tabs between the columns, without headings")
    public boolean plain;

    @Override
    protected final Output.Form form() {
        if (json) {
            return Output.Form.JSON;
        }
        return plain ? Output.Form.PLAIN : Output.Form.TABLE;
    }
}
