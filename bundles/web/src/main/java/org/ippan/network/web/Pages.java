// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.web.http.Answer;

/**
 * The files of the page, read once, and documents, read when they are asked for. Only these exist: no path of a request
 * is ever looked up anywhere else.
 */
final class Pages {

    private static final String FOLDER = "/page/";
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8", "yml", "application/yaml", "json", "application/json; charset=utf-8");
    private static final List<String> FILES = List.of("index.html", "style.css", "icon.svg", "main.js", "node.js",
            "format.js", "charts.js", "multiples.js", "states.js", "findings.js", "orders.js", "network.js",
            "overview.js", "scope-node.js", "scope-network.js", "map.js", "graph.js", "layout.js", "peers.js",
            "score.js", "topics.js", "own.js", "messages.js", "way.js", "settings.js", "changes.js", "events.js",
            "uplot/uPlot.esm.js", "uplot/uPlot.min.css", "uplot/LICENSE.txt", "monitoring/alerts.yml",
            "monitoring/dashboard.json");

    /** The documents that were made when the bundle was built, and below the bare path a list of them. */
    private static final String DOCUMENTS = "/docs/";
    private static final String NAMES = "docs/names.txt";

    private final Map<String, Answer> answers = new LinkedHashMap<>();
    /** Which file each path of a document stands for. */
    private final Map<String, String> documents = new HashMap<>();

    Pages() {
        for (String file : FILES) {
            answers.put("/" + file, answer(file));
        }
        answers.put("/", answers.get("/index.html"));
        new String(read(NAMES), StandardCharsets.UTF_8).lines()
                .forEach(name -> documents.put(DOCUMENTS + name, "docs/" + name + ".html"));
        documents.put(DOCUMENTS, "docs/index.html");
    }

    private static Answer answer(String file) {
        // Asked for anew each time: a page of an older bundle would not fit.
        return Answer.of(TYPES.get(file.substring(file.lastIndexOf('.') + 1)), read(file))
                .with(Map.of(HttpHeaderNames.CACHE_CONTROL, "no-cache"));
    }

    private static byte[] read(String file) {
        try (InputStream in = Pages.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("the bundle lacks " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String path) {
        return answers.containsKey(path) || documents.containsKey(path);
    }

    Optional<Answer> find(String path) {
        return Optional.ofNullable(answers.get(path))
                .or(() -> Optional.ofNullable(documents.get(path)).map(Pages::answer));
    }
}
