// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of JSON as the protocol's vectors need: objects, arrays, texts; anything else is kept as its word. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** The entries of one list of the vectors. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> vectors(String name) {
        try (InputStream in = Json.class.getResourceAsStream("/protocol-vectors.json")) {
            Object all = new Json(new String(in.readAllBytes(), StandardCharsets.UTF_8)).value();
            return (List<Map<String, Object>>) ((Map<String, Object>) all).get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object value() {
        space();
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        while (more('}')) {
            String key = string();
            space();
            at++;
            object.put(key, value());
        }
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        at++;
        while (more(']')) {
            array.add(value());
        }
        return array;
    }

    private boolean more(char end) {
        space();
        if (text.charAt(at) == ',') {
            at++;
            space();
        }
        if (text.charAt(at) == end) {
            at++;
            return false;
        }
        return true;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && text.charAt(at + 1) == 'u') {
                string.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
                at += 5;
            } else {
                string.append(text.charAt(at));
            }
        }
        at++;
        return string.toString();
    }

    private String word() {
        int start = at;
        while (",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void space() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
