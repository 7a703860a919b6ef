package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * Reads MathML back to LaTeX, so that the two can be compared. Knows nothing of the reader of LaTeX in the product: a
 * part that is lost, doubled or moved on the way to MathML makes a difference here.
 */
public final class MathMlReader {
    /** One token of LaTeX. Words keep their blanks. */
    private static final Pattern TOKEN =
            Pattern.compile("\\\\text\\{[^}]*}|\\\\[A-Za-z]+|\\\\.|[0-9]+(\\.[0-9]+)?|\\S");

    /** Spaces are not compared: they carry no meaning. */
    private static final Set<String> SPACES = Set.of("\\,", "\\;", "\\quad");

    private static final Set<String> FUNCTIONS =
            Set.of("log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "min", "max", "det", "lim");

    private static final Map<String, String> MACROS = Map.ofEntries(
            Map.entry("⋅", "\\cdot"),
            Map.entry("∘", "\\circ"),
            Map.entry("≥", "\\ge"),
            Map.entry("≤", "\\le"),
            Map.entry("∈", "\\in"),
            Map.entry("∞", "\\infty"),
            Map.entry("∫", "\\int"),
            Map.entry("∑", "\\sum"),
            Map.entry("…", "\\ldots"),
            Map.entry("∣", "\\mid"),
            Map.entry("∇", "\\nabla"),
            Map.entry("∂", "\\partial"),
            Map.entry("∼", "\\sim"),
            Map.entry("→", "\\to"),
            Map.entry("−", "-"),
            Map.entry("′", "'"),
            Map.entry("\u2061", ""),
            Map.entry("𝒩", "\\mathcal{N}"),
            Map.entry("˙", "\\dot"),
            Map.entry("¨", "\\ddot"),
            Map.entry("¯", "\\bar"));

    private MathMlReader() {}

    /** Asserts that the MathML is well-formed and shows what the LaTeX shows. */
    public static void agrees(String mathml, String latex) {
        agrees(parsed(mathml), latex);
    }

    public static void agrees(Element math, String latex) {
        assertThat(math.getTagName()).isEqualTo("math");
        assertThat(tokens(latex(math))).as(latex).isEqualTo(tokens(latex));
    }

    /** Returns the root of a well-formed document. */
    public static Element parsed(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + xml, e);
        }
    }

    private static List<String> tokens(String latex) {
        Matcher tokens = TOKEN.matcher(latex.replace("\\mathsf T", "\\mathsf{T}"));
        return tokens.results()
                .map(token -> token.group())
                .filter(token -> !SPACES.contains(token))
                .toList();
    }

    /** Returns the LaTeX that an element of MathML shows. */
    static String latex(Element e) {
        return switch (e.getTagName()) {
            case "math", "mtd" -> inside(e);
            case "mrow" -> row(e);
            case "mn" -> e.getTextContent();
            case "mi" -> identifier(e);
            case "mo" -> sign(e);
            case "mtext" -> "\\text{" + e.getTextContent().replace('\u00a0', ' ') + "}";
            case "mspace" -> "";
            case "mfrac" -> "\\frac" + group(e, 0) + group(e, 1);
            case "mstyle" -> latex(child(e, 0)).replaceFirst("frac", "tfrac");
            case "msqrt" -> "\\sqrt{" + inside(e) + "}";
            case "mroot" -> "\\sqrt[" + latex(child(e, 1)) + "]" + group(e, 0);
            case "msup", "mover" -> raised(e);
            case "msub", "munder" -> latex(child(e, 0)) + "_" + group(e, 1);
            case "msubsup", "munderover" -> latex(child(e, 0)) + "_" + group(e, 1) + "^" + group(e, 2);
            case "mtable" -> "\\begin{aligned}" + rows(e) + "\\end{aligned}";
            default -> throw new AssertionError("an element outside of the subset: " + e.getTagName());
        };
    }

    private static String raised(Element e) {
        if (e.getAttribute("accent").equals("true")) {
            return latex(child(e, 1)) + group(e, 0);
        }
        String above = latex(child(e, 1));
        return latex(child(e, 0)) + (above.equals("'") ? above : "^{" + above + "}");
    }

    /** Returns a row; growing brackets have no attribute that keeps them small. */
    private static String row(Element e) {
        int n = e.getChildNodes().getLength();
        boolean grows = n > 1
                && child(e, 0).getTagName().equals("mo")
                && child(e, 0).getAttribute("form").equals("prefix")
                && "([{|".contains(child(e, 0).getTextContent());
        if (!grows) {
            return inside(e);
        }
        String open = child(e, 0).getTextContent();
        if (child(e, 1).getTagName().equals("mtable")) {
            String name = open.equals("{") ? "cases" : "pmatrix";
            return "\\begin{" + name + "}" + rows(child(e, 1)) + "\\end{" + name + "}";
        }
        String content =
                IntStream.range(1, n - 1).mapToObj(i -> latex(child(e, i))).collect(Collectors.joining(" "));
        return "\\left" + open + content + "\\right" + child(e, n - 1).getTextContent();
    }

    private static String rows(Element table) {
        return children(table).stream()
                .map(row -> children(row).stream().map(MathMlReader::latex).collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(" \\\\ "));
    }

    private static String identifier(Element e) {
        String text = e.getTextContent();
        String style = e.getAttribute("style");
        if (style.contains("italic")) {
            return "\\mathit{" + text.replace("_", "\\_") + "}";
        }
        if (style.contains("sans-serif")) {
            return "\\mathsf{" + text + "}";
        }
        if (isApplied(e)) {
            return FUNCTIONS.contains(text) ? "\\" + text : "\\operatorname{" + text + "}";
        }
        boolean single = text.codePointCount(0, text.length()) == 1;
        String name = MACROS.get(text);
        return name != null ? name : single ? LatexNames.of(text) : "\\mathrm{" + text.replace("_", "\\_") + "}";
    }

    /** True if the invisible sign of application follows the name, or follows the name and its exponent or limit. */
    private static boolean isApplied(Element name) {
        boolean based = Set.of("msup", "munder").contains(name.getParentNode().getNodeName())
                && name.getPreviousSibling() == null;
        Node next = (based ? name.getParentNode() : name).getNextSibling();
        return next != null && next.getTextContent().equals("\u2061");
    }

    private static String sign(Element e) {
        return MACROS.getOrDefault(e.getTextContent(), e.getTextContent());
    }

    private static String group(Element e, int i) {
        return "{" + latex(child(e, i)) + "}";
    }

    private static String inside(Element e) {
        return children(e).stream().map(MathMlReader::latex).collect(Collectors.joining(" "));
    }

    private static List<Element> children(Element e) {
        return IntStream.range(0, e.getChildNodes().getLength())
                .mapToObj(i -> child(e, i))
                .toList();
    }

    private static Element child(Element e, int i) {
        Node node = Objects.requireNonNull(e.getChildNodes().item(i));
        assertThat(node.getNodeType())
                .as("text beside elements in %s", e.getTagName())
                .isEqualTo(Node.ELEMENT_NODE);
        return (Element) node;
    }
}
