// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.shell.command.NetworkCommand;
import org.ippan.network.shell.complete.AddressCompleter;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-connect}. */
@Service
@Command(scope = "ippan", name = "peer-connect", description = "Dials a peer now, however often it failed before",
        detailedDescription = """
                It does not wait for the connection: ippan:peer-explain tells what became of it.

                Examples:
                  ippan:peer-connect paris
                  ippan:peer-connect 10.0.0.12:9700
                """)
public final class PeerConnectCommand extends NetworkCommand {

    @Argument(name = "peer", description = "Its alias, id or address", required = true)
    @Completion(AddressCompleter.class)
    String peer;

    @Override
    public void run(Output out) {
        out.line(services.orders().connect(peer));
    }
}
