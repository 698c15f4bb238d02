// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.Test;

/** Plain English, as far as a test can tell. */
class WordsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern UNCLEAR = Pattern.compile("(?i)nobody|whoever");
    private static final int MOST_UNCLEAR = 10;
    /** Documents speak of the product as it is, not of where it came from. */
    private static final Pattern HISTORY = Pattern.compile("(?i)customer|original|reference");
    private static final int MOST_WORDS = 35;
    private static final Pattern NO_PROSE = Pattern.compile("(?ms)^```.*?^```$|<!--.*?-->");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
    /** Of a sentence, a cell of a table, an item of a list or a paragraph. */
    private static final Pattern END = Pattern.compile(
            "(?<=[.!?:;])\\s+(?=[A-Z(*\"\\d])|(?<=\\.)\\s+|\\|(?!\\w)|\\n\\s*\\n|\\n(?=[#*-])|\\n(?=\\d+\\. )");
    private static final Pattern WORD = Pattern.compile("\\S*\\w\\S*");
    private static final Path DECISIONS = ROOT.resolve("docs/adr");
    private static final Pattern DECISION = Pattern.compile(
            "(?s)# (\\d+)\\. .*?\\n\\n\\d{4}-\\d\\d-\\d\\d, (accepted|void|replaced by .*?)[.;].*");

    @Test
    void shouldNameTheActor() throws IOException {
        List<Path> texts = new ArrayList<>(documents());
        try (Stream<Path> sources = Files.walk(ROOT.resolve("bundles"))) {
            sources.filter(path -> path.toString().matches(".*/src/main/.*\\.(java|js|html|bnd)")).forEach(texts::add);
        }
        List<String> found = find(UNCLEAR, texts);

        assertTrue(found.size() <= MOST_UNCLEAR, found.size() + " lines: say which peer, node, client or user: "
                + found);
    }

    @Test
    void shouldSpeakOfTheProductAsItIs() throws IOException {
        assertEquals(List.of(), find(HISTORY, documents()));
    }

    @Test
    void shouldSayOneThingAtATime() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path page : documents()) {
            String prose = LINK.matcher(CODE.matcher(NO_PROSE.matcher(Files.readString(page)).replaceAll("\n\n"))
                    .replaceAll("CODE")).replaceAll("$1");
            END.splitAsStream(prose).filter(sentence -> WORD.matcher(sentence).results().count() > MOST_WORDS)
                    .forEach(sentence -> tooLong.add(ROOT.relativize(page) + ": " + sentence.strip()));
        }

        assertEquals(List.of(), tooLong, "sentences of more than " + MOST_WORDS + " words");
    }

    @Test
    void shouldDateEveryDecision() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Path> decisions;
        try (Stream<Path> files = Files.list(DECISIONS)) {
            decisions = files.sorted().toList();
        }
        for (int i = 0; i < decisions.size(); i++) {
            var header = DECISION.matcher(Files.readString(decisions.get(i)));
            if (!header.matches() || Integer.parseInt(header.group(1)) != i + 1) {
                wrong.add(decisions.get(i) + " is not number " + (i + 1) + " with a date and a status");
            }
        }

        assertEquals(List.of(), wrong);
    }

    private static List<Path> documents() {
        return CodeBlock.pages(ROOT);
    }

    private static List<String> find(Pattern words, List<Path> texts) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path text : texts) {
            List<String> lines = Files.readAllLines(text);
            IntStream.range(0, lines.size()).filter(i -> words.matcher(lines.get(i)).find())
                    .forEach(i -> found.add(ROOT.relativize(text) + ":" + (i + 1) + ": " + lines.get(i).strip()));
        }
        return found;
    }
}
