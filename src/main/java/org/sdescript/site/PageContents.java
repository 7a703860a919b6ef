package org.sdescript.site;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.sdescript.manual.Anchors;

/**
 * Collects the headings, links, pictures and words of a page. Points its links to the files of the site, and replaces a
 * link to a file that is no page by the words of the link.
 */
final class PageContents extends AbstractVisitor {
    private static final Pattern PICTURE = Pattern.compile("<img [^>]*src=\"([^\"]+)\"");
    private static final Pattern TITLE = Pattern.compile("(?m)^# (.+)$");
    private static final Pattern ABROAD = Pattern.compile("^[a-z]+:.*");

    /** A section under its heading; words are added as the visit goes on. */
    private record Part(int level, String title, String anchor, StringBuilder words) {}

    private final String source;
    private final Function<String, Optional<String>> texts;
    private final Map<Node, Part> parts = new LinkedHashMap<>();
    private final Set<String> anchors = new HashSet<>();
    private final List<Page.Link> links = new ArrayList<>();
    private final Set<String> pictures = new LinkedHashSet<>();
    private StringBuilder words = new StringBuilder();
    private String section = "";

    /** @param texts the texts of the sources that become pages of the site, by their paths */
    PageContents(String source, Function<String, Optional<String>> texts) {
        this.source = source;
        this.texts = texts;
    }

    String source() {
        return source;
    }

    /** Returns the anchor of a heading; empty for other nodes. */
    Optional<String> anchor(Node node) {
        return Optional.ofNullable(parts.get(node)).map(Part::anchor);
    }

    List<Page.Section> sections() {
        return parts.values().stream()
                .map(part -> new Page.Section(
                        part.level(),
                        part.title(),
                        part.anchor(),
                        part.words().toString().replaceAll("\\s+", " ").strip()))
                .toList();
    }

    List<Page.Link> links() {
        return links;
    }

    Set<String> pictures() {
        return pictures;
    }

    @Override
    public void visit(Heading heading) {
        words = new StringBuilder();
        visitChildren(heading);
        String title = words.toString().strip();
        if (heading.getLevel() == 2) {
            section = title;
        }
        words = new StringBuilder();
        parts.put(heading, new Part(heading.getLevel(), title, unused(Anchors.of(title)), words));
    }

    /** Returns the anchor, with a number if another heading has it already, as on code-hosting sites. */
    private String unused(String plain) {
        String anchor = plain;
        for (int i = 1; !anchors.add(anchor); i++) {
            anchor = plain + "-" + i;
        }
        return anchor;
    }

    @Override
    public void visit(Link link) {
        visitChildren(link);
        String destination = link.getDestination();
        if (ABROAD.matcher(destination).matches() || destination.startsWith("#")) {
            return;
        }
        int hash = destination.indexOf('#');
        String target = SitePath.target(source, hash < 0 ? destination : destination.substring(0, hash));
        Optional<String> text = texts.apply(target);
        if (text.isPresent()) {
            name(link, target, text.get());
            links.add(new Page.Link(section, target));
            link.setDestination(SitePath.between(SitePath.file(source), SitePath.file(target))
                    + (hash < 0 ? "" : destination.substring(hash)));
        } else {
            unwrap(link);
        }
    }

    /** Puts the title of the page in place of the name of its file. */
    private static void name(Link link, String target, String text) {
        boolean named = link.getFirstChild() instanceof Text words
                && link.getFirstChild() == link.getLastChild()
                && target.endsWith(words.getLiteral());
        Matcher title = TITLE.matcher(text);
        if (named && target.endsWith(".md") && title.find()) {
            link.getFirstChild().unlink();
            link.appendChild(new Text(title.group(1)));
        }
    }

    private static void unwrap(Link link) {
        for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
            link.insertBefore(child);
        }
        link.unlink();
    }

    @Override
    public void visit(Text text) {
        words.append(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        words.append(code.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak end) {
        words.append(' ');
    }

    @Override
    public void visit(HardLineBreak end) {
        words.append(' ');
    }

    @Override
    public void visit(FencedCodeBlock block) {
        words.append(' ').append(block.getLiteral()).append(' ');
    }

    @Override
    public void visit(HtmlBlock block) {
        addPictures(block.getLiteral());
    }

    @Override
    public void visit(HtmlInline inline) {
        addPictures(inline.getLiteral());
    }

    private void addPictures(String html) {
        PICTURE.matcher(html).results().forEach(found -> pictures.add(SitePath.target(source, found.group(1))));
    }

    @Override
    protected void visitChildren(Node parent) {
        super.visitChildren(parent);
        words.append(parent instanceof Heading || parent instanceof Link ? "" : " ");
    }
}
