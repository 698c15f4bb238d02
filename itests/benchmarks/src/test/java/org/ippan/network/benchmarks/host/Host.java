// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ippan.network.benchmarks.scenario.Scenario;

/** The main class of such a process. Ends when its standard input does, so that it never outlives the runner. */
public final class Host {

    /** Begins the answer to what was done. */
    public static final String DONE = "done";
    /** Begins the answer to what could not be done. */
    public static final String FAILED = "failed";

    private Host() {
    }

    /**
     * Obeys until there are no more lines.
     *
     * @param arguments the scenario, a folder for files, and settings of our nodes as {@code bundle.key=value}
     * @throws IOException if the runner cannot be heard any more
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // Libraries may print what they like, but not between the answers.
        System.setOut(System.err);
        Map<String, String> settings = Arrays.stream(arguments).skip(2).map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        try (Stage stage = new Stage(Scenario.parse(arguments[0]), Path.of(arguments[1]), settings);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(answer(stage, line));
                answers.flush();
            }
        }
        // Threads of a library that do not end must not keep the process.
        System.exit(0);
    }

    private static String answer(Stage stage, String line) {
        try {
            return (DONE + " " + obey(stage, List.of(line.split(" ")))).strip();
        } catch (Exception e) {
            // Whatever a system throws: the log has the trace, the runner goes on with the next case.
            e.printStackTrace();
            return FAILED + " " + line + ": " + e.toString().replace('\n', ' ');
        }
    }

    private static String obey(Stage stage, List<String> words) throws Exception {
        String rest = words.size() > 1 ? words.get(words.size() - 1) : "";
        return switch (words.get(0)) {
            case "start" -> stage.start(Integer.parseInt(words.get(1)),
                    words.size() == 2 ? List.of() : List.of(rest.split(",")));
            case "connected" -> Boolean.toString(stage.connected());
            case "play" -> stage.play(Integer.parseInt(words.get(1)), Integer.parseInt(rest));
            case "arrived" -> Long.toString(stage.arrived(Integer.parseInt(rest)));
            case "figures" -> stage.figures(Integer.parseInt(rest)).text();
            case "counters" -> stage.counters(Integer.parseInt(rest));
            case "profile" -> stage.profile(rest);
            default -> throw new IllegalArgumentException("unknown");
        };
    }
}
