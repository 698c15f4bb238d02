// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.output.Output;

/** {@code ippan:doctor}. */
@Service
@Command(scope = "ippan", name = "doctor", description = "Checks the node and says what to do",
        detailedDescription = """
                Worst findings come first. Addresses are tried, so it may take up to ten seconds.
                The page has a section for each check, at /docs/findings.

                Examples:
                  ippan:doctor
                  ippan:doctor --json
                """)
public final class DoctorCommand extends ShowCommand {

    @Override
    public void run(Output out) {
        List<Finding> findings = services.requireDoctor().examine();
        if (!out.json(findings)) {
            out.findings(findings);
        }
    }
}
