// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.complete;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.ippan.network.shell.output.Services;

/** What the tab key offers: what there is just now, or nothing while its bundle is absent. */
abstract class Suggestions implements Completer {

    @Reference
    Services services;

    abstract Stream<String> now();

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(now().filter(text -> !text.isEmpty()).distinct().toList())
                .complete(session, line, candidates);
    }
}
