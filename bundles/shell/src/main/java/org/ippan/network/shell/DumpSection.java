// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.karaf.diagnostic.core.DumpDestination;
import org.apache.karaf.diagnostic.core.DumpProvider;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.output.Output;
import org.ippan.network.shell.output.Services;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What {@code dev:dump-create} says of the node: the answers of the commands that show, in one file. */
@Component(service = DumpProvider.class)
public final class DumpSection implements DumpProvider {

    static final String FILE = "ippan-network.txt";

    private final Services services;

    @Activate
    public DumpSection(@Reference Services services) {
        this.services = services;
    }

    @Override
    public void createDump(DumpDestination destination) throws Exception {
        try (PrintStream out = new PrintStream(destination.add(FILE), false, StandardCharsets.UTF_8)) {
            for (ShowCommand command : List.of(new StatusCommand(), new DoctorCommand(), new PeerListCommand(),
                    new ConfigCommand(), new MetricsCommand())) {
                Output section = new Output(out, Output.Form.TABLE);
                section.line("== " + command.getClass().getSimpleName().replace("Command", "") + " ==");
                command.services = services;
                write(command, section);
                section.line("");
            }
        }
    }

    private static void write(ShowCommand command, Output section) throws Exception {
        try {
            command.run(section);
        } catch (IllegalStateException e) {
            section.line(e.getMessage());
        }
    }
}
