// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.shell.command.NetworkCommand;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-add}. */
@Service
@Command(scope = "ippan", name = "peer-add", description = "Adds a peer that is always dialled",
        detailedDescription = """
                It is kept as the configuration org.ippan.network.peers.peer~ALIAS, over restarts too. With
                --transient it is dialled until the node stops. ippan:peer-remove takes either away.

                Examples:
                  ippan:peer-add paris 10.0.0.12:9700
                  ippan:peer-add --transient paris 10.0.0.12:9700
                """)
public final class PeerAddCommand extends NetworkCommand {

    @Argument(name = "alias", description = "A name for it", required = true)
    String alias;

    @Argument(index = 1, name = "address", description = "Where it is: HOST:PORT", required = true)
    String address;

    @Option(name = "--transient", description = "Only until the node stops")
    boolean temporary;

    @Override
    public void run(Output out) {
        out.line(temporary ? services.orders().addTransient(address, alias) : services.orders().add(address, alias));
    }
}
