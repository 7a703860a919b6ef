package org.sdescript.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.files.AtomicFile;
import org.sdescript.pipeline.Derivation;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Session;
import org.sdescript.source.Source;

/** The site: all pages that follow from the first one, their pictures, the style sheet and the search. */
public final class Site {
    /** The first page; a folder that has it has the whole site. */
    public static final String FIRST = "index.html";

    private static final String PAGE = ".html";

    private static final List<String> OWN = List.of("site.css", "search.js");

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Makes the site of this version; the session derives the processes of the library. */
    public static Site of(Pipeline pipeline, Session session) {
        String path = "stdlib/processes.sde";
        Sources sources = new Sources(pipeline.manual());
        Program program = pipeline.program(new Source(path, sources.text(path).orElseThrow()));
        return new Site(sources, Derivation.of(pipeline, program, Path.of(path), Derivation.names(program), session));
    }

    private Site(Sources sources, List<Derivation> derivations) {
        Map<String, Page> pages = pages(sources, ProcessFormulas.insertions(derivations));
        Frame frame = new Frame(start(pages), pages);
        pages.values().forEach(page -> put(page.file(), frame.around(page)));
        pages.values().stream()
                .flatMap(page -> page.pictures().stream())
                .forEach(picture -> files.put(SitePath.file(picture), sources.picture(picture)));
        OWN.forEach(name -> put(name, Sources.own(name)));
        put(SearchIndex.FILE, SearchIndex.of(List.copyOf(pages.values())));
    }

    private static Page start(Map<String, Page> pages) {
        Page start = pages.get(Sources.START);
        if (start == null) {
            throw new IllegalStateException("the product lacks " + Sources.START);
        }
        return start;
    }

    /** Returns the pages by their sources: the first one, and all that it leads to. */
    private static Map<String, Page> pages(Sources sources, Map<String, String> insertions) {
        PageRenderer renderer = new PageRenderer(sources::text, insertions);
        Map<String, Page> pages = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(Sources.START));
        while (!open.isEmpty()) {
            String source = open.removeFirst();
            if (!pages.containsKey(source)) {
                String text = sources.text(source).orElseThrow();
                Page page = source.endsWith(".md") ? renderer.markdown(source, text) : renderer.script(source, text);
                pages.put(source, page);
                page.links().forEach(link -> open.addLast(link.target()));
            }
        }
        return pages;
    }

    private void put(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the files of the site by their paths. */
    public Map<String, byte[]> files() {
        return Collections.unmodifiableMap(files);
    }

    /**
     * Returns the address of a page within the site.
     *
     * @param place the file and anchor of the Markdown, below {@code docs}
     */
    public static String address(String place) {
        int hash = place.indexOf('#');
        return hash < 0 ? SitePath.file(place) : SitePath.file(place.substring(0, hash)) + place.substring(hash);
    }

    /** Returns the texts that all pages share: style and search. */
    public static List<String> style() {
        return OWN.stream().map(Sources::own).toList();
    }

    /** Returns the style sheet that all pages share, in UTF-8. */
    public static byte[] sheet() {
        return Sources.own("site.css").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes the site: pages, then other files, and the first page last. Throws before the first file if the folder has
     * files of these names that are no site of ours, whole or in part.
     */
    public void writeTo(Path folder) {
        requireOwn(folder);
        files.keySet().stream()
                .sorted(Comparator.comparing((String name) -> name.equals(FIRST))
                        .thenComparing(name -> !name.endsWith(PAGE)))
                .forEach(name -> AtomicFile.write(folder.resolve(name), out -> out.write(file(name))));
    }

    private byte[] file(String name) {
        return Objects.requireNonNull(files.get(name));
    }

    private static boolean isOwn(Path page) {
        try {
            return Files.isRegularFile(page) && Files.readString(page).contains(Frame.MARK);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void requireOwn(Path folder) {
        Path first = folder.resolve(FIRST);
        List<Path> there = files.keySet().stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
        boolean ours = Files.exists(first) ? isOwn(first) : there.stream().anyMatch(Site::isOwn);
        if (!ours && !there.isEmpty()) {
            throw Diagnostic.error("E0704", null, "cannot write " + there.getFirst() + ": another file has this name")
                    .help("name an empty folder, or one that `sde doc --html` wrote")
                    .raise();
        }
    }
}
