// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a document.
 *
 * @param page the document
 * @param line of the fence, from 1
 * @param language what is written behind the fence; {@code text} for a drawing
 * @param checkedBy the test named in the comment above the fence, or empty
 * @param text what is between the fences
 */
public record CodeBlock(Path page, int line, String language, String checkedBy, String text) {

    private static final Pattern BLOCK = Pattern.compile(
            "(?ms)(?:^<!-- Checked by (\\w+)\\. -->\\n)?^```(\\w*)\\n(.*?)^```$");
    private static final String PROMPT = "$ ";

    /**
     * All blocks of a document.
     *
     * @param page a file in Markdown
     * @return in their order
     */
    public static List<CodeBlock> of(Path page) {
        try {
            String content = Files.readString(page);
            return BLOCK.matcher(content).results().map(found -> new CodeBlock(page,
                    (int) content.substring(0, found.start(2)).lines().count(), found.group(2),
                    found.group(1) == null ? "" : found.group(1), found.group(3))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The blocks of a document that a test answers for.
     *
     * @param page a file in Markdown
     * @param test its simple name
     * @return in their order
     */
    public static List<CodeBlock> of(Path page, Class<?> test) {
        return of(page).stream().filter(block -> block.checkedBy.equals(test.getSimpleName())).toList();
    }

    /**
     * All documents of the project: at its top, in {@code docs} and in {@code examples}.
     *
     * @param root of the project
     * @return files in Markdown
     */
    public static List<Path> pages(Path root) {
        try (Stream<Path> top = Files.list(root); Stream<Path> docs = Files.walk(root.resolve("docs"));
                Stream<Path> examples = Files.walk(root.resolve("examples"))) {
            return Stream.of(top, docs, examples).flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The commands in the block: lines with a prompt if there are any, else all of them.
     *
     * @return without prompts, and with lines that end in a backslash joined to the next
     */
    public List<String> commands() {
        List<String> lines = text.replaceAll("\\\\\\n\\s*", "").lines().toList();
        List<String> prompted = lines.stream().filter(line -> line.startsWith(PROMPT)).toList();
        return prompted.isEmpty() ? lines : prompted.stream().map(line -> line.substring(PROMPT.length())).toList();
    }

    /**
     * What the commands print.
     *
     * @return the lines without a prompt
     */
    public List<String> output() {
        return text.lines().filter(line -> !line.startsWith(PROMPT)).toList();
    }

    @Override
    public String toString() {
        return page.getFileName() + ":" + line;
    }
}
