// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.documents;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/**
 * Changes a document so that it can be served: links lead to served documents, or are text; pictures and comments are
 * left out; tables can be scrolled. For one document and one thread.
 */
final class ServedLinks extends AbstractVisitor {

    private static final Pattern DOCUMENT = Pattern.compile("([a-z-]+)\\.md(#.*)?");
    /** Where all documents are listed: of pages, in their folder. */
    private static final String LIST = "../README.md#documents";

    private final List<String> names;

    ServedLinks(List<String> names) {
        this.names = names;
    }

    @Override
    public void visit(Link link) {
        super.visit(link);
        served(link.getDestination()).ifPresentOrElse(link::setDestination, () -> {
            for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                link.insertBefore(child);
            }
            link.unlink();
        });
    }

    private Optional<String> served(String destination) {
        Matcher document = DOCUMENT.matcher(destination);
        if (destination.startsWith("#")) {
            return Optional.of(destination);
        }
        if (destination.equals(LIST)) {
            return Optional.of("./");
        }
        return Optional.of(document).filter(Matcher::matches).filter(found -> names.contains(found.group(1)))
                .map(found -> found.group(1) + Optional.ofNullable(found.group(2)).orElse(""));
    }

    @Override
    public void visit(Image image) {
        Node around = image.getParent();
        image.unlink();
        if (around instanceof Paragraph && around.getFirstChild() == null) {
            around.unlink();
        }
    }

    @Override
    public void visit(HtmlBlock comment) {
        comment.unlink();
    }

    @Override
    public void visit(HtmlInline comment) {
        comment.unlink();
    }

    @Override
    public void visit(CustomBlock block) {
        super.visit(block);
        if (block instanceof TableBlock) {
            block.insertBefore(markup("<div class=\"scroll\" tabindex=\"0\">"));
            block.insertAfter(markup("</div>"));
        }
    }

    /** A heading without a word is none: columns need not have one. */
    @Override
    public void visit(CustomNode part) {
        super.visit(part);
        if (part instanceof TableCell cell && cell.getFirstChild() == null) {
            cell.setHeader(false);
        }
    }

    private static HtmlBlock markup(String text) {
        HtmlBlock markup = new HtmlBlock();
        markup.setLiteral(text);
        return markup;
    }
}
