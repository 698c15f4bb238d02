// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.Test;

/** Every command and program in the documents is run or compared by a test, named in a comment above the block. */
class CodeBlocksTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final String DRAWING = "text";

    @Test
    void shouldNameATestForEveryBlockThatIsNoDrawing() {
        List<String> unchecked = new ArrayList<>();
        List<CodeBlock> blocks = CodeBlock.pages(ROOT).stream().flatMap(page -> CodeBlock.of(page).stream()).toList();
        blocks.stream().filter(block -> block.checkedBy().isEmpty() && !block.language().equals(DRAWING))
                .forEach(block -> unchecked.add(block.toString()));

        assertEquals(List.of(), unchecked, "have no comment <!-- Checked by XxxTest. --> in the line above");
        assertTrue(blocks.size() > 25, "only " + blocks.size() + " blocks found");
    }

    @Test
    void shouldNameTestsThatReadThePage() throws IOException {
        Map<String, String> tests = tests();
        List<String> wrong = new ArrayList<>();
        for (Path page : CodeBlock.pages(ROOT)) {
            for (CodeBlock block : CodeBlock.of(page)) {
                String source = block.checkedBy().isEmpty() ? "" : tests.getOrDefault(block.checkedBy(), "missing");
                if (!source.isEmpty() && !source.contains(page.getFileName() + "\"")
                        && !source.contains("CodeBlock.pages(")) {
                    wrong.add(block + ": " + block.checkedBy() + " does not read it");
                }
            }
        }

        assertEquals(List.of(), wrong);
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (String folder : List.of("bundles", "features", "itests", "examples")) {
            try (Stream<Path> paths = Files.walk(ROOT.resolve(folder))) {
                for (Path path : paths.filter(path -> path.toString().contains("src/test/")
                        && path.toString().endsWith(".java")).toList()) {
                    // Two tests of one name: either may read the page.
                    tests.merge(path.getFileName().toString().replace(".java", ""), Files.readString(path),
                            String::concat);
                }
            }
        }
        return tests;
    }
}
