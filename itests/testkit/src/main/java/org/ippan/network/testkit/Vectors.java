// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checked bytes of the protocol: sections of flat objects, which a pattern reads as well as a parser. */
public final class Vectors {

    private static final Pattern OBJECT = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": *(?:\"([^\"]*)\"|(-?[0-9]+|true|false))");

    private Vectors() {
    }

    /** The objects of a section, their values as text. */
    public static List<Map<String, String>> section(String name) {
        String json = text();
        int start = json.indexOf("\"" + name + "\": [");
        if (start < 0) {
            throw new IllegalArgumentException("no section " + name);
        }
        Matcher objects = OBJECT.matcher(json.substring(start, json.indexOf("\n ]", start)));
        List<Map<String, String>> section = new ArrayList<>();
        while (objects.find()) {
            Map<String, String> fields = new HashMap<>();
            Matcher field = FIELD.matcher(objects.group(1));
            while (field.find()) {
                fields.put(field.group(1), field.group(2) != null ? field.group(2) : field.group(3));
            }
            section.add(fields);
        }
        return section;
    }

    /** The object of the section "control" whose description begins like this. */
    public static Map<String, String> control(String what) {
        return section("control").stream().filter(each -> each.get("what").startsWith(what)).findFirst().orElseThrow();
    }

    private static String text() {
        try (InputStream in = Vectors.class.getResourceAsStream("protocol-vectors.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
