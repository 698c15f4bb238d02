// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.SettingsSchema;
import org.junit.Test;

/**
 * The default files which the features lay down are what the code says. When one differs, the right feature.xml is left
 * in {@code target/}, to be copied over the one in the sources.
 */
public class DefaultFilesTest {

    private static final Path FEATURES = Path.of("..", "..", "features", "karaf", "src", "main", "feature",
            "feature.xml");
    private static final int WIDTH = 118;

    /** Which values Karaf begins with instead of the code's: two containers on one machine get along. */
    private static final Map<Object, String> SET = Map.of("127.0.0.1:9700", "127.0.0.1:9700-9709",
            "127.0.0.1:9780", "127.0.0.1:9780-9789");
    /** The same by key: Karaf's own exporters tell of its JVM. */
    private static final Map<String, String> SET_BY_KEY = Map.of("processMetrics", "false");

    /** What a file says beside its keys. What follows a dash is, for File Install, the name of an instance. */
    private static final Map<String, String> ALSO = Map.of("org.ippan.network.peers", "\n# A peer with a name of"
            + " its own has a file of its own: org.ippan.network.peers.peer-NAME.cfg with a line\n"
            + "# address = HOST:PORT and, if only that peer is to be accepted there, a line peerId = ID.\n");

    @Test
    public void shouldLayDownEveryKeyAsAComment() throws IOException {
        String before = Files.readString(FEATURES);
        String right = before;
        for (SettingsSchema schema : Schemas.all()) {
            Matcher element = Pattern.compile("(?s)(<config name=\"" + Pattern.quote(schema.pid()) + "\">\n).*?"
                    + "(    </config>)").matcher(right);
            right = element.replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + file(schema)
                    + found.group(2)));
        }

        if (!right.equals(before)) {
            Files.writeString(Path.of("target", "feature.xml"), right);
        }

        assertTrue("feature.xml differs from the code; target/feature.xml is right", right.equals(before));
    }

    /** The file of one PID, in XML. Keys that are set come first: a comment belongs to the next key that is set. */
    private static String file(SettingsSchema schema) {
        StringBuilder file = new StringBuilder("# Settings of ").append(schema.pid()).append(", each with its default.")
                .append(" Take the # away before a key to change it.\n")
                .append("# Saved changes are taken over while the node runs; a bad value is refused and logged,")
                .append(" and the last good one stays.\n").append(ALSO.getOrDefault(schema.pid(), ""));
        Stream.concat(schema.settings().stream().filter(setting -> set(setting).isPresent()),
                schema.settings().stream().filter(setting -> set(setting).isEmpty()))
                .forEach(setting -> append(file, setting));
        return file.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Optional<String> set(SettingDescription setting) {
        return Optional.ofNullable(SET.getOrDefault(setting.defaultValue(), SET_BY_KEY.get(setting.key())));
    }

    private static void append(StringBuilder file, SettingDescription setting) {
        file.append('\n');
        wrap(file, setting.text());
        String unit = setting.unit().isEmpty() ? "" : "Unit: " + setting.unit() + ". ";
        String security = setting.failClosed() ? " An invalid value stops the bundle from serving."
                : setting.guards() ? " An invalid value keeps the bundle from beginning to serve." : "";
        wrap(file, unit + "Value: " + setting.rule() + ". Effect of a change: " + setting.applies().text() + "."
                + security);
        String line = (setting.key() + " = " + setting.display(setting.defaultValue())).strip();
        file.append("# ").append(line).append('\n');
        set(setting).ifPresent(value -> file.append(setting.key()).append(" = ").append(value).append('\n'));
    }

    private static void wrap(StringBuilder file, String text) {
        int column = 0;
        for (String word : text.split(" ")) {
            if (column == 0 || column + 1 + word.length() > WIDTH) {
                file.append(column == 0 ? "#" : "\n#");
                column = 1;
            }
            file.append(' ').append(word);
            column += 1 + word.length();
        }
        file.append('\n');
    }
}
