// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ippan.network.benchmarks.scenario.Product;

/** What may stand on the command line, as {@code --name=value}. */
enum Option {
    PRODUCT(Arrays.stream(Product.values()).map(Product::label).collect(Collectors.joining(",")),
            "systems to measure"),
    TOPOLOGY("mesh", "mesh, chain, ring, random (8 links on average); all but mesh for ours only"),
    NODES("5", "how many nodes"),
    PUBLISHERS("one", "how many of them publish: one, all, or a number"),
    BYTES("256", "size of a payload: 24 or more; 256, 1024, 65536, 1048576"),
    TLS("false", "whether links are encrypted"),
    JVM("one", "one: all nodes in one process; each: a process for each node"),
    RATE("0", "messages a second of each publisher; 0: as fast as the system lets it"),
    MESSAGES("0", "messages of each publisher in a phase; 0: until the phase is over"),
    URGENT("0", "HIGH messages a second of each publisher, beside all others, which are LOW then; for ours only"),
    WARMUP("5", "seconds of the warm-up; 0: none"),
    SECONDS("20", "seconds of the measured phase"),
    ROUNDS("3", "how often each case is played; cases take turns"),
    HEAP("4g", "-Xmx of each process"),
    PATIENCE("10", "seconds without an arrival after which what is missing counts as lost"),
    FOLDER("target/benchmarks", "where logs, profiles and runs.csv go"),
    PROFILE("", "collapsed or flat: async-profiler samples the measured phase by time, a file for each process"),
    SET("", "settings of our nodes as bundle.key=value, for example gossip.relayMode=flood"),
    ARGUMENTS("", "more arguments for each JVM");

    private final String standard;
    private final String help;

    Option(String standard, String help) {
        this.standard = standard;
        this.help = help;
    }

    String standard() {
        return standard;
    }

    /** As it is written on the command line. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line of the help. */
    String line() {
        return String.format(Locale.ROOT, "  --%-11s %s%n%16s(%s)%n", text(), help, "",
                standard.isEmpty() ? "none" : standard);
    }
}
