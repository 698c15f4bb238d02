// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Makes the pages that a node serves of its documents: plain HTML in the look of the page of the node, without a script
 * or a picture, with links between documents that are served and no others.
 */
public final class DocumentPages {

    /** Which pages there are, for the bundle that serves them: a name in each line. */
    static final String NAMES = "names.txt";

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final String INDEX = "index";

    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final HtmlRenderer html = HtmlRenderer.builder().extensions(EXTENSIONS)
            .attributeProviderFactory(context -> scrolling()).build();
    private final TextContentRenderer plain = TextContentRenderer.builder().build();
    private final List<String> names;

    DocumentPages(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * Makes all pages.
     *
     * @param arguments the folder of the documents, that of the pages, and the names of the documents to be served
     * @throws IOException if one cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        List<String> names = List.of(arguments).subList(2, arguments.length);
        new DocumentPages(names).write(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    void write(Path documents, Path pages) throws IOException {
        Files.createDirectories(pages);
        StringBuilder index = new StringBuilder("# Documents\n\n");
        for (String name : names) {
            Node document = parser.parse(Files.readString(documents.resolve(name + ".md")));
            index.append("* [").append(title(document)).append("](").append(name).append(".md)\n");
            Files.writeString(pages.resolve(name + ".html"), page(document));
        }
        Files.writeString(pages.resolve(INDEX + ".html"), page(parser.parse(index.toString())));
        Files.writeString(pages.resolve(NAMES), String.join("\n", names));
    }

    String page(String markdown) {
        return page(parser.parse(markdown));
    }

    private String page(Node document) {
        String title = title(document);
        document.accept(new ServedLinks(names));
        return template().replace("TITLE", title.replace("&", "&amp;").replace("<", "&lt;"))
                .replace("CONTENT", html.render(document));
    }

    private String title(Node document) {
        return Optional.ofNullable(document.getFirstChild()).filter(Heading.class::isInstance).map(plain::render)
                .map(String::strip).orElseThrow(() -> new IllegalArgumentException("a document begins with its title"));
    }

    /** What may be wider than a phone is scrolled by its own, with the keyboard too. */
    private static AttributeProvider scrolling() {
        return (node, tag, attributes) -> {
            if (node instanceof FencedCodeBlock && tag.equals("pre")) {
                attributes.putAll(Map.of("tabindex", "0"));
            }
        };
    }

    private static String template() {
        try (InputStream in = DocumentPages.class.getResourceAsStream("document.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("<!-- ")).collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new IllegalStateException("the template cannot be read", e);
        }
    }
}
