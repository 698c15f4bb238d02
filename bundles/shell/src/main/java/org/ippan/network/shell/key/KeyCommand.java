// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.key;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.settings.Secrets;

/** {@code ippan:key}. */
@Service
@Command(scope = "ippan", name = "key", description = "Makes a new key for a network and shows it",
        detailedDescription = """
                Nothing is changed: set it as networkKey of org.ippan.network.peers on every node of the network.

                Examples:
                  ippan:key
                """)
public final class KeyCommand implements Action {

    /** The console prints what is returned. */
    @Override
    public Object execute() {
        return Secrets.create();
    }
}
