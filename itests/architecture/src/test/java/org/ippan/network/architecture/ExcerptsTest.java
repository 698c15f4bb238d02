// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.Test;

/** What the documents print of an example is in that example, which is compiled and tested. */
class ExcerptsTest {

    private static final Path ROOT = Path.of("..", "..");

    @Test
    void shouldStandInAnExample() throws IOException {
        List<CodeBlock> excerpts = CodeBlock.pages(ROOT).stream()
                .flatMap(page -> CodeBlock.of(page, ExcerptsTest.class).stream()).toList();
        List<String> sources;
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).map(ExcerptsTest::source).toList();
        }

        assertEquals(List.of(), excerpts.stream().filter(excerpt -> sources.stream()
                .noneMatch(source -> source.contains(lines(excerpt.text())))).map(CodeBlock::toString).toList());
        assertTrue(excerpts.size() >= 2, "only " + excerpts.size() + " excerpts");
    }

    private static String source(Path file) {
        try {
            return lines(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** However far it is indented. */
    private static String lines(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
    }
}
