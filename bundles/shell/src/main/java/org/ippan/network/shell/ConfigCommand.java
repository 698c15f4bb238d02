// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.complete.KeyCompleter;
import org.ippan.network.shell.output.Cells;
import org.ippan.network.shell.output.Output;

/** {@code ippan:config}. */
@Service
@Command(scope = "ippan", name = "config", description = "Settings in force, and where each value comes from",
        detailedDescription = """
                A value that was refused stands beside the one in force. A single setting is explained too.
                Set one with: config:property-set -p PID KEY VALUE

                Examples:
                  ippan:config                  all settings
                  ippan:config reputation       those of one bundle
                  ippan:config banThreshold     one, with its explanation
                """)
public final class ConfigCommand extends ShowCommand {

    @Argument(name = "filter", description = "Part of a PID or key, in any case")
    @Completion(KeyCompleter.class)
    String filter = "";

    private record Row(String pid, String key, String value, String unit, String source, String refused) {

        static Row of(EffectiveSetting setting) {
            return new Row(setting.pid(), setting.description().key(), setting.value(), setting.description().unit(),
                    setting.source(), setting.refused());
        }
    }

    /** What is said of a single setting below its row. */
    private record Explanation(String text, String rule, String defaultValue, String effectOfAChange) {

        static Explanation of(SettingDescription setting) {
            return new Explanation(setting.text(), setting.rule(), setting.display(setting.defaultValue()),
                    Cells.text(setting.applies()));
        }
    }

    @Override
    public void run(Output out) {
        List<EffectiveSetting> settings = EffectiveSetting.named(services.requireDoctor(), filter);
        if (!out.json(settings)) {
            out.table(Row.class, settings.stream().map(Row::of).toList());
            if (settings.size() == 1) {
                out.line("");
                out.facts(Explanation.of(settings.get(0).description()));
            }
        }
    }
}
