// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.support.table.ShellTable;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.json.Json;

/** Where a command answers, and in what form. Confined to one thread. */
public final class Output {

    /** For people, for scripts that read lines, for programs. */
    public enum Form { TABLE, PLAIN, JSON }

    private final PrintStream out;
    private final Form form;

    public Output(PrintStream out, Form form) {
        this.out = out;
        this.form = form;
    }

    /** Writes the whole answer as JSON if that is what is wanted, and says whether it did. */
    public boolean json(Object whole) {
        if (form == Form.JSON) {
            line(Json.of(whole));
        }
        return form == Form.JSON;
    }

    /** Writes a line. */
    public void line(String text) {
        out.println(text);
    }

    /** Whether the other end is gone. */
    public boolean isBroken() {
        return out.checkError();
    }

    /** Writes a table: a column for each component of the rows' type, called like it. */
    public <R extends Record> void table(Class<R> type, List<R> rows) {
        table(new ShellTable().emptyTableText("(none)"),
                Arrays.stream(type.getRecordComponents()).map(column -> words(column.getName())).toList(),
                rows.stream().map(row -> Json.values(row).values().stream().map(Cells::text).toList()).toList());
    }

    /** Writes one record, a line for each component. */
    public void facts(Record facts) {
        table(new ShellTable().noHeaders(), List.of("what", "value"),
                Json.values(facts).entrySet().stream().map(fact ->
                        List.of(words(fact.getKey()), Cells.text(fact.getValue()))).toList());
    }

    private void table(ShellTable table, List<String> columns, List<List<String>> rows) {
        if (form == Form.PLAIN) {
            // The table would pad what scripts are to read.
            rows.forEach(row -> line(String.join("\t", row)));
            return;
        }
        columns.forEach(table::column);
        rows.forEach(row -> table.addRow().addContent(List.<Object>copyOf(row)));
        table.print(out);
    }

    /** Writes what was found, and below each what to do about it. */
    public void findings(List<Finding> findings) {
        if (form != Form.TABLE) {
            findings.forEach(finding -> line(String.join("\t", finding.check(), Cells.text(finding.severity()),
                    finding.text(), finding.advice())));
            return;
        }
        int widest = findings.stream().mapToInt(finding -> finding.check().length()).max().orElse(1);
        String layout = "%-4s  %-" + widest + "s  %s";
        for (Finding finding : findings) {
            line(String.format(Locale.ROOT, layout, finding.severity(), finding.check(), finding.text()));
            if (!finding.advice().isEmpty()) {
                line(String.format(Locale.ROOT, layout, "", "", "-> " + finding.advice()));
            }
        }
    }

    /** The words a name in camel case is made of. */
    static String words(String name) {
        List<String> words = new ArrayList<>(Arrays.asList(name.split("(?=\\p{Lu})")));
        words.replaceAll(word -> word.toLowerCase(Locale.ROOT));
        return String.join(" ", words);
    }
}
