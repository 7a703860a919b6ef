package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** {@code docs/dependencies.md} names the libraries, annotation processors and plugins of the pom, and no others. */
class DependenciesPageTest {
    private static final Path POM = Path.of("pom.xml");
    private static final Path PAGE = Path.of("docs/dependencies.md");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`[^|]*) \\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void the_page_names_what_the_pom_names() throws Exception {
        assertThat(named()).isEqualTo(declared());
    }

    /** Managed versions of what libraries bring along are no libraries of sde. */
    private static Set<String> declared() throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(POM.toFile())
                .getDocumentElement();
        return elements(project.getElementsByTagName("artifactId")).stream()
                .filter(DependenciesPageTest::isDirect)
                .map(Element::getTextContent)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isDirect(Element artifact) {
        Node owner = artifact.getParentNode();
        return switch (owner.getNodeName()) {
            case "plugin", "path" -> true;
            case "dependency" ->
                !owner.getParentNode().getParentNode().getNodeName().equals("dependencyManagement");
            default -> false;
        };
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static Set<String> named() throws Exception {
        return FIRST_CELL
                .matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .flatMap(cell -> NAME.matcher(cell).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
