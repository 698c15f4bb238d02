// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.settings.Secrets;
import org.ippan.network.shell.output.Output;

/** {@code ippan:key}. */
@Service
@Command(scope = "ippan", name = "key", description = "Makes a new key for a network and shows it",
        detailedDescription = """
                Nothing is changed: set it as networkKey of org.ippan.network.peers on every node of the network.

                Examples:
                  ippan:key
                """)
public final class KeyCommand extends ShowCommand {

    @Override
    void run(Output out) {
        String key = Secrets.create();
        if (!out.json(key)) {
            out.line(key);
        }
    }
}
