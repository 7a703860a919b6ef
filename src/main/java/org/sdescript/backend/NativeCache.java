package org.sdescript.backend;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the PyTorch library is unpacked to, to be loaded from there, and what is there. The library comes in a jar of
 * the class path; the build for GPUs has none.
 *
 * @param folder of this version of the library
 * @param libraries its files, each with the size it has in the jar
 */
public record NativeCache(Path folder, List<Library> libraries) {
    private static final String ABOUT = "/native/lib/pytorch.properties";

    /** A file of the library. */
    public record Library(String name, long bytes) {}

    public NativeCache {
        libraries = List.copyOf(libraries);
    }

    /** That of this build, if a library comes along with it. */
    public static Optional<NativeCache> bundled() {
        try (InputStream in = NativeCache.class.getResourceAsStream(ABOUT)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties about = new Properties();
            about.load(in);
            return Optional.of(of(about));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names as DJL's LibUtils gives them. */
    private static NativeCache of(Properties about) throws IOException {
        String flavor = about.getProperty("flavor");
        String classifier = about.getProperty("classifier");
        List<Library> libraries = new ArrayList<>();
        for (String name : about.getProperty("libraries").split(",")) {
            URL resource = NativeCache.class.getResource("/pytorch/" + flavor + "/" + classifier + "/" + name);
            if (resource != null) {
                libraries.add(new Library(name, resource.openConnection().getContentLengthLong()));
            }
        }
        String version = about.getProperty("version") + "-" + flavor + "-" + classifier;
        return new NativeCache(Utils.getEngineCacheDir("pytorch").resolve(version), libraries);
    }

    public boolean isUnpacked() {
        return Files.isDirectory(folder);
    }

    /** The files that are not as they are in the jar: cut short, or lacking. */
    public List<String> damaged() {
        return libraries.stream()
                .filter(library -> size(library) != library.bytes())
                .map(Library::name)
                .toList();
    }

    private long size(Library library) {
        try {
            return Files.size(folder.resolve(library.name()));
        } catch (IOException lacking) {
            return -1;
        }
    }

    /** What unpacking takes. */
    public long bytes() {
        return libraries.stream().mapToLong(Library::bytes).sum();
    }
}
