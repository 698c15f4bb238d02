// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ippan.network.benchmarks.measure.Stamp;
import org.ippan.network.benchmarks.runner.RunOptions;
import org.ippan.network.benchmarks.scenario.Product;
import org.ippan.network.benchmarks.scenario.Scenario;
import org.ippan.network.benchmarks.scenario.Topology;

/** The command line: options with a value or, those that make cases, several separated by commas. */
final class Arguments {

    private final Map<Option, String> values = new EnumMap<>(Option.class);

    private Arguments() {
        Arrays.stream(Option.values()).forEach(option -> values.put(option, option.standard()));
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static Arguments parse(List<String> words) {
        Arguments arguments = new Arguments();
        for (String word : words) {
            String[] pair = word.split("=", 2);
            Option option = Arrays.stream(Option.values()).filter(each -> pair[0].equals("--" + each.text()))
                    .findFirst().orElseThrow(() -> new IllegalArgumentException("unknown option " + pair[0]));
            if (pair.length < 2) {
                throw new IllegalArgumentException(pair[0] + " needs a value: " + pair[0] + "=...");
            }
            arguments.values.put(option, pair[1]);
        }
        return arguments;
    }

    static String help() {
        return "Plays cases and prints a table. Options make cases of several values separated by commas, in every"
                + " combination:\n\n" + Arrays.stream(Option.values()).map(Option::line).collect(Collectors.joining());
    }

    /** Every combination, products innermost: what is compared is played one after the other. */
    List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        for (String topology : list(Option.TOPOLOGY)) {
            for (int nodes : numbers(Option.NODES)) {
                for (String publishers : list(Option.PUBLISHERS)) {
                    for (String jvm : list(Option.JVM)) {
                        scenarios.addAll(loads(new Scenario(Product.OURS, enumOf(Topology.class, topology), nodes,
                                publishers(publishers, nodes), Stamp.BYTES, false, oneOf(jvm, "each", "one"),
                                0, number(Option.MESSAGES), number(Option.URGENT))));
                    }
                }
            }
        }
        return scenarios;
    }

    private List<Scenario> loads(Scenario network) {
        List<Scenario> scenarios = new ArrayList<>();
        for (int bytes : numbers(Option.BYTES)) {
            if (bytes < Stamp.BYTES) {
                throw new IllegalArgumentException("--bytes is at least " + Stamp.BYTES);
            }
            for (String tls : list(Option.TLS)) {
                for (int rate : numbers(Option.RATE)) {
                    for (String product : list(Option.PRODUCT)) {
                        scenarios.add(new Scenario(enumOf(Product.class, product), network.topology(),
                                network.nodes(), network.publishers(), bytes, oneOf(tls, "true", "false"),
                                network.jvmEach(), rate, network.messages(), network.urgent()));
                    }
                }
            }
        }
        return scenarios;
    }

    RunOptions options() {
        String profile = values.get(Option.PROFILE);
        if (!List.of("", "collapsed", "flat").contains(profile)) {
            throw new IllegalArgumentException("--profile is collapsed or flat");
        }
        return new RunOptions(number(Option.WARMUP), number(Option.SECONDS), number(Option.ROUNDS),
                values.get(Option.HEAP), number(Option.PATIENCE), Path.of(values.get(Option.FOLDER)).toAbsolutePath(),
                profile, list(Option.SET), list(Option.ARGUMENTS));
    }

    private List<String> list(Option option) {
        String value = values.get(option);
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }

    private List<Integer> numbers(Option option) {
        return list(option).stream().map(value -> number(option, value)).toList();
    }

    private int number(Option option) {
        return number(option, values.get(option));
    }

    private static int number(Option option, String value) {
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("--" + option.text() + " is a number, not " + value);
        }
        return Integer.parseInt(value);
    }

    private static int publishers(String value, int nodes) {
        return switch (value) {
            case "one" -> 1;
            case "all" -> nodes;
            default -> number(Option.PUBLISHERS, value);
        };
    }

    private static boolean oneOf(String value, String yes, String no) {
        if (!value.equals(yes) && !value.equals(no)) {
            throw new IllegalArgumentException(value + " is neither " + yes + " nor " + no);
        }
        return value.equals(yes);
    }

    private static <E extends Enum<E>> E enumOf(Class<E> type, String label) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown " + type.getSimpleName() + " " + label));
    }
}
