// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has Jazzer try each decoder in a process of its own, guided by coverage: {@code mvn -Pfuzz}. Prints a line for each;
 * ends with 1 if anything escaped, and leaves the input that made it do so beside the corpus.
 */
final class Fuzz {

    private Fuzz() {
    }

    /**
     * Fuzzes.
     *
     * @param arguments folder for the corpus, seconds for each decoder, and the decoders if not all
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        List<Decoder> decoders = arguments.length < 3 || arguments[2].isBlank() ? List.of(Decoder.values())
                : Stream.of(arguments[2].split(",")).map(Decoder::valueOf).toList();
        boolean bad = false;
        for (Decoder decoder : decoders) {
            int code = fuzz(decoder, folder.resolve(decoder.name()), arguments[1]);
            System.out.println(decoder + ": " + (code == 0 ? "nothing escaped in " + arguments[1] + " s; "
                    + lastLine(folder.resolve(decoder + ".log")) : "see " + folder.resolve(decoder + ".log")));
            bad |= code != 0;
        }
        System.exit(bad ? 1 : 0);
    }

    private static int fuzz(Decoder decoder, Path corpus, String seconds) throws IOException, InterruptedException {
        Files.createDirectories(corpus);
        int number = 0;
        for (byte[] seed : decoder.seeds()) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx512m", "-Ddecoder=" + decoder, "-cp", System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer", "--target_class=" + FuzzTarget.class.getName(),
                "--instrumentation_includes=org.ippan.**", "-max_total_time=" + seconds,
                "-max_len=" + Decoder.LONGEST, "-rss_limit_mb=2048", "-artifact_prefix=" + corpus + File.separator
                + "found-", corpus.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(corpus.resolveSibling(decoder + ".log").toFile()).start().waitFor();
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
