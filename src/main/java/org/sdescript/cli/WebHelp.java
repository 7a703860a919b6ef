package org.sdescript.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.sdescript.files.CacheFolder;
import org.sdescript.manual.ErrorPages;
import org.sdescript.manual.Reference;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Version;
import org.sdescript.site.Site;

/** The page of a name in the browser, from a copy of the site in the user's cache folder. */
final class WebHelp {
    private final Pipeline pipeline;
    private final Map<String, String> environment;

    WebHelp(Pipeline pipeline, Map<String, String> environment) {
        this.pipeline = pipeline;
        this.environment = environment;
    }

    /** Returns the file and anchor of a name, theme, error or command in the site; empty if unknown. */
    Optional<String> place(String name, boolean command) {
        return new Reference(pipeline.manual())
                .place(name)
                .map(place -> "reference/" + place)
                .or(() -> new ErrorPages().of(name).map(page -> "errors/" + ErrorPages.place(page)))
                .or(() -> command ? Optional.of("running.md") : Optional.empty())
                .map(Site::address);
    }

    /** Returns the folder of the site of this version, written unless it is there. */
    Path site() {
        Path folder = CacheFolder.of(environment).resolve("site-" + version());
        if (!Files.isRegularFile(folder.resolve(Site.FIRST))) {
            DocumentationSite.made(pipeline, folder).writeTo(folder);
        }
        return folder;
    }

    /** Returns a word that differs between versions, and while the manual is worked on. */
    private String version() {
        CRC32 sum = new CRC32();
        new Reference(pipeline.manual()).pages().values().forEach(page -> add(page, sum));
        new ErrorPages().files().values().forEach(page -> add(page, sum));
        Site.style().forEach(text -> add(text, sum));
        return Version.current() + "-" + Long.toHexString(sum.getValue());
    }

    private static void add(String text, CRC32 sum) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
