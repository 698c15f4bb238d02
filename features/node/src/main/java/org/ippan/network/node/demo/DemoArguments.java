// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.node.arguments.CommandLine;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.node.run.RunArguments;

/**
 * What {@code demo} was asked to do.
 *
 * @param nodes how many nodes
 * @param input the file to publish; empty to make one
 * @param output the directory of the results
 * @param once whether to end when every node has everything
 */
public record DemoArguments(int nodes, Optional<Path> input, Path output, boolean once) {

    private static final Set<String> VALUED = Set.of("--nodes", "--input", "--output");
    private static final Set<String> FLAGS = Set.of("--once");

    /** Reads the arguments written after {@code demo}. */
    public static DemoArguments parse(List<String> arguments) throws UsageException {
        CommandLine line = CommandLine.parse(arguments, VALUED, FLAGS);
        // What starts the demo passes its property on, which is empty where no file is wanted.
        Optional<String> input = line.all("--input").equals(List.of("")) ? Optional.empty() : line.one("--input");
        return new DemoArguments(line.number("--nodes", 5, 2, 50),
                input.isEmpty() ? Optional.empty() : Optional.of(RunArguments.path("--input", input.get())),
                RunArguments.path("--output", line.one("--output").orElse("ippan-demo")), line.has("--once"));
    }
}
