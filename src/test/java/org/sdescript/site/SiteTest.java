package org.sdescript.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.algebra.MathMlReader;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;

class SiteTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern MATH = Pattern.compile("(?s)<math .*?</math>");

    private static Site site;
    private static Map<String, String> pages;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make(@TempDir Path folder) {
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), folder, folder)) {
            site = Site.of(new Pipeline(), session);
        }
        pages = new TreeMap<>();
        site.files().forEach((name, bytes) -> {
            if (name.endsWith(".html")) {
                pages.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        });
    }

    private static String page(String name) {
        return Objects.requireNonNull(pages.get(name), name);
    }

    @Test
    void every_page_of_the_documentation_is_there() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            Set<String> written = docs.map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".md"))
                    .map(SitePath::file)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(pages.keySet()).containsAll(written);
        }
        assertThat(pages).containsKeys("stdlib/processes.html", "stdlib/native/processes.html");
    }

    @Test
    void every_link_leads_to_a_file_and_an_anchor_of_the_site() {
        pages.forEach((name, html) -> LINK.matcher(html)
                .results()
                .map(found -> found.group(1))
                .forEach(link -> {
                    int hash = link.indexOf('#');
                    String path = hash < 0 ? link : link.substring(0, hash);
                    String target = path.isEmpty() ? name : SitePath.target(name, path);
                    if (!path.startsWith("https:")) {
                        assertThat(site.files())
                                .as("%s links to %s", name, link)
                                .containsKey(target);
                    }
                    if (hash >= 0 && !path.startsWith("https:")) {
                        assertThat(anchors(page(target)))
                                .as("%s links to %s", name, link)
                                .contains(link.substring(hash + 1));
                    }
                }));
    }

    private static List<String> anchors(String html) {
        return ANCHOR.matcher(html).results().map(found -> found.group(1)).toList();
    }

    @Test
    void no_page_has_an_anchor_twice() {
        pages.forEach((name, html) -> assertThat(anchors(html)).as(name).doesNotHaveDuplicates());
    }

    @Test
    void nothing_is_loaded_from_elsewhere() {
        pages.forEach((name, html) -> assertThat(html)
                .as(name)
                .doesNotContainPattern("src=\"[a-z]+:")
                .doesNotContainPattern("<link[^>]*href=\"[a-z]+:")
                .contains(Frame.MARK, "<meta charset=\"utf-8\">"));
        assertThat(new String(Objects.requireNonNull(site.files().get("site.css")), StandardCharsets.UTF_8))
                .doesNotContain("url(", "@import", "@font-face");
    }

    @Test
    void all_formulas_are_well_formed_and_the_site_has_many() {
        List<String> formulas = pages.values().stream()
                .flatMap(html -> MATH.matcher(html).results().map(MatchResult::group))
                .distinct()
                .toList();
        formulas.forEach(MathMlReader::parsed);
        assertThat(formulas.size()).isGreaterThan(100);
    }

    @Test
    void a_process_is_shown_with_its_derivations() {
        String html = page("reference/processes.html");
        String vp = html.substring(html.indexOf("<h2 id=\"vp\">"), html.indexOf("<h2 id=\"ve\">"));

        assertThat(vp)
                .contains(
                        "<dt>Process</dt>",
                        "<dt>Reverse</dt>",
                        "<dt>Flow</dt>",
                        "<dt>Transition</dt>",
                        "<dt>Prior</dt>");
        assertThat(vp).contains("<h3>The reverse of VP</h3>", "Anderson 1982");
        MathMlReader.agrees(
                MATH.matcher(vp).results().skip(1).findFirst().orElseThrow().group(),
                "dx = \\left[-\\frac{1}{2} \\beta(t) x - \\beta(t) \\nabla_{x} \\log p_{t}(x)\\right]\\, dt"
                        + " + \\sqrt{\\beta(t)}\\, d\\bar{w}");
        assertThat(html.substring(html.indexOf("<h2 id=\"geometricbrownian\">")))
                .contains("<dt>Transition</dt>\n<dd><p>GeometricBrownian has no transition");
    }

    @Test
    void scripts_have_colours() {
        assertThat(ScriptHtml.of("fn f(x) = x < 1  # \"so\"\n"))
                .isEqualTo("<span class=\"keyword\">fn</span> <span class=\"call\">f</span>(x) = x &lt; "
                        + "<span class=\"number\">1</span>  <span class=\"comment\"># &quot;so&quot;</span>\n");
        assertThat(page("first-steps.html"))
                .contains("<pre class=\"sde\"><code>", "<span class=\"keyword\">sde</span>");
        assertThat(page("errors/E02.html")).contains("<pre class=\"sde wrong\"><code>");
    }

    @Test
    void the_words_of_a_page_are_those_of_its_source() {
        Page page = rendered(
                "# A & B\n\n## Twice\n\nFirst `a<b`.\n\n## Twice\n\nSee [a](#twice-1), [b](b.md), [c](c.md) and"
                        + " [b.md](b.md#x).\n\n<img src=\"images/d.png\" alt=\"d\">\n\n| a |\n| --- |\n| cell |\n");

        assertThat(page.sections())
                .containsExactly(
                        new Page.Section(1, "A & B", "a--b", ""),
                        new Page.Section(2, "Twice", "twice", "First a<b."),
                        new Page.Section(2, "Twice", "twice-1", "See a, b, c and b.md. a cell"));
        assertThat(page.body())
                .contains("<h2 id=\"twice-1\">", "<code>a&lt;b</code>", "<a href=\"../in/b.html\">b</a>, c and")
                .contains("<a href=\"../in/b.html#x\">The title of b</a>");
        assertThat(page.pictures()).containsExactly("docs/in/images/d.png");
        assertThat(page.links())
                .containsExactly(new Page.Link("Twice", "docs/in/b.md"), new Page.Link("Twice", "docs/in/b.md"));
    }

    private static Page rendered(String text) {
        return new PageRenderer(
                        path -> path.equals("docs/in/b.md")
                                ? java.util.Optional.of("# The title of b\n")
                                : java.util.Optional.empty(),
                        Map.of("docs/in/a.md#twice", "<p>inserted</p>"))
                .markdown("docs/in/a.md", text);
    }

    @Test
    void formulas_stand_at_the_end_of_the_section_that_they_belong_to() {
        assertThat(rendered("# A\n\n## Twice\n\nFirst.\n\n### Below\n\nMore.\n\n## Next\n")
                        .body())
                .containsSubsequence("First.", "Below", "More.", "<p>inserted</p>", "Next");
        assertThat(rendered("# A\n\n## Twice\n\nLast.\n").body()).containsSubsequence("Last.", "<p>inserted</p>");
    }

    @Test
    void the_search_finds_every_heading() throws IOException {
        String script = new String(Objects.requireNonNull(site.files().get(SearchIndex.FILE)), StandardCharsets.UTF_8);
        assertThat(script).startsWith("sdeIndex = [[").endsWith("]];\n");
        JsonNode entries = new ObjectMapper().readTree(script.substring("sdeIndex = ".length()));

        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.get(0).asText()).isEqualTo("Sampling");
            assertThat(entry.get(1).asText()).isEqualTo("langevin");
            assertThat(entry.get(2).asText()).isEqualTo("reference/sampling.html#langevin");
            assertThat(entry.get(3).asText()).contains("Langevin");
        });
        entries.forEach(entry -> {
            String[] address = entry.get(2).asText().split("#", 2);
            assertThat(anchors(page(address[0]))).contains(address[1]);
        });
    }

    @Test
    void the_site_leaves_other_files_of_the_folder_alone() throws IOException {
        Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
        site.writeTo(folder);
        site.writeTo(folder);

        assertThat(other).hasContent("mine");
        assertThat(folder.resolve("images/moons.png")).hasSameBinaryContentAs(Path.of("docs/images/moons.png"));
        assertThat(folder.resolve("language.html")).hasContent(page("language.html"));
    }

    @Test
    void files_of_others_are_not_overwritten() throws IOException {
        Path other = Files.writeString(folder.resolve("index.html"), "<p>mine</p>");

        assertThatThrownBy(() -> site.writeTo(folder))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("another file has this name");
        assertThat(other).hasContent("<p>mine</p>");
        assertThat(folder).isDirectoryNotContaining("glob:**.css");
    }

    @Test
    void a_site_that_was_not_finished_is_written_again() throws IOException {
        site.writeTo(folder);
        Files.delete(folder.resolve("index.html"));
        Files.delete(folder.resolve("language.html"));

        site.writeTo(folder);

        assertThat(folder.resolve("index.html")).exists();
        assertThat(folder.resolve("language.html")).hasContent(page("language.html"));
    }

    @Test
    void paths_between_pages_are_relative() {
        assertThat(SitePath.target("docs/reference/data.md", "../../stdlib/native/data.sde"))
                .isEqualTo("stdlib/native/data.sde");
        assertThat(SitePath.between("reference/data.html", "index.html")).isEqualTo("../index.html");
        assertThat(SitePath.file("docs/reference/README.md")).isEqualTo("reference/index.html");
        assertThat(Site.address("reference/data.md#csv")).isEqualTo("reference/data.html#csv");
        assertThat(Site.address("running.md")).isEqualTo("running.html");
    }
}
