package org.sdescript.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.MathMl;

/** Renders Markdown as HTML: links lead to pages of the site, headings have anchors, scripts have colours. */
final class PageRenderer {
    private static final List<TablesExtension> TABLES = List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final Pattern PICTURE = Pattern.compile("<img [^>]*src=\"([^\"]+)\"");
    private static final Pattern ABROAD = Pattern.compile("^[a-z]+:.*");

    private final Function<String, Optional<String>> texts;
    private final Map<String, String> insertions;

    /**
     * @param texts the texts of the sources that become pages of the site, by their paths
     * @param insertions HTML for the end of a section of level 2, by the path of the page, # and the anchor
     */
    PageRenderer(Function<String, Optional<String>> texts, Map<String, String> insertions) {
        this.texts = texts;
        this.insertions = insertions;
    }

    Page markdown(String source, String text) {
        Node document = PARSER.parse(text);
        PageContents contents = new PageContents(source, texts);
        document.accept(contents);
        insert(document, contents);
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(TABLES)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    contents.anchor(node).ifPresent(anchor -> attributes.put("id", anchor));
                })
                .nodeRendererFactory(CodeBlocks::new)
                .build();
        String body = renderer.render(document)
                .replace("<table>", "<div class=\"table\"><table>")
                .replace("</table>", "</table></div>");
        return new Page(source, body, contents.sections(), contents.links(), contents.pictures());
    }

    /** Returns a script as a page. */
    Page script(String source, String text) {
        String title = MathMl.escaped(source);
        return new Page(
                source,
                "<h1 id=\"top\">" + title + "</h1>\n<pre><code>" + ScriptHtml.of(text) + "</code></pre>\n",
                List.of(new Page.Section(1, source, "top", "")),
                List.of(),
                Set.of());
    }

    /** Puts the insertions before the next heading of the same or a higher level, or at the end. */
    private void insert(Node document, PageContents contents) {
        @Nullable HtmlBlock pending = null;
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() <= 2) {
                if (pending != null) {
                    node.insertBefore(pending);
                }
                pending = contents.anchor(node)
                        .map(anchor -> insertions.get(contents.source() + "#" + anchor))
                        .map(PageRenderer::block)
                        .orElse(null);
            }
        }
        if (pending != null) {
            document.appendChild(pending);
        }
    }

    private static HtmlBlock block(String html) {
        HtmlBlock block = new HtmlBlock();
        block.setLiteral(html);
        return block;
    }
}
