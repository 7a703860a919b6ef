package org.sdescript.backend;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.PrivateFolder;

/**
 * The folder that the PyTorch library is unpacked into and loaded from. The library comes in a jar of the class path;
 * the build for GPUs has none.
 *
 * @param folder the folder of this version of the library
 * @param libraries the library's files, with their sizes in the jar
 */
public record NativeCache(Path folder, List<Library> libraries) {
    private static final String ABOUT = "/native/lib/pytorch.properties";

    private static final String NAMED = "ENGINE_CACHE_DIR";
    private static final int CHUNK = 1 << 20;

    /**
     * A file of the library.
     *
     * @param checksum its CRC-32 in the jar, −1 if unknown
     */
    public record Library(String name, long bytes, long checksum) {
        public Library(String name, long bytes) {
            this(name, bytes, -1);
        }
    }

    public NativeCache {
        libraries = List.copyOf(libraries);
    }

    /** The cache of this build, if the build contains a library. */
    public static Optional<NativeCache> bundled() {
        place(Path.of(System.getProperty("user.home", "?")), Path.of(System.getProperty("java.io.tmpdir")))
                .ifPresent(own -> {
                    System.setProperty(NAMED, own.toString());
                    System.setProperty("jna.tmpdir", own.toString());
                });
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

    /**
     * A private folder to unpack into, if other users could write to DJL's folder: DJL loads any file that it finds
     * there, whoever owns it, and native code runs with all rights of this user. Empty if DJL's folder is safe: the
     * environment names it, or it lies in the user's own home.
     */
    static Optional<Path> place(Path home, Path temporary) {
        boolean isNamed =
                Stream.of(NAMED, "DJL_CACHE_DIR").anyMatch(name -> Utils.getEnvOrSystemProperty(name) != null);
        Path cache = home.resolve(".djl.ai");
        boolean isOwn = Files.isDirectory(home)
                && Files.isWritable(home)
                && (!Files.exists(cache) || PrivateFolder.isTrusted(cache, home));
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "");
        return isNamed || isOwn ? Optional.empty() : Optional.of(privateFolder(temporary, "sde-native-" + user));
    }

    private static Path privateFolder(Path temporary, String name) {
        try {
            return PrivateFolder.in(temporary, name);
        } catch (SdeError refused) {
            throw Diagnostic.error("E0901", null, "there is no place to unpack the PyTorch library to")
                    .note("neither your home nor " + temporary + " is a folder that can be written to")
                    .help("set DJL_CACHE_DIR to a folder of yours with 450 MB of space")
                    .raise();
        }
    }

    /** Lists the files under the names that DJL's LibUtils gives them. */
    private static NativeCache of(Properties about) throws IOException {
        String flavor = about.getProperty("flavor");
        String classifier = about.getProperty("classifier");
        List<Library> libraries = new ArrayList<>();
        for (String name : about.getProperty("libraries").split(",")) {
            URL resource = NativeCache.class.getResource("/pytorch/" + flavor + "/" + classifier + "/" + name);
            if (resource != null) {
                URLConnection entry = resource.openConnection();
                long checksum = entry instanceof JarURLConnection jar
                        ? jar.getJarEntry().getCrc()
                        : -1;
                libraries.add(new Library(name, entry.getContentLengthLong(), checksum));
            }
        }
        String version = about.getProperty("version") + "-" + flavor + "-" + classifier;
        return new NativeCache(Utils.getEngineCacheDir("pytorch").resolve(version), libraries);
    }

    /** The folder of cached measurements: beside the library, or where DJL would unpack one. */
    static Path verdicts() {
        return bundled().map(NativeCache::folder).orElseGet(() -> Utils.getEngineCacheDir("pytorch"));
    }

    public boolean isUnpacked() {
        return Files.isDirectory(folder);
    }

    /** The files that are missing or differ from the jar. */
    public List<String> damaged() {
        return libraries.stream()
                .filter(library -> size(library) != library.bytes() || isSuspect() && !hasChecksum(library))
                .map(Library::name)
                .toList();
    }

    /**
     * True in a folder for temporary files, where other programs delete files: there the content is compared, not only
     * the size. The checksum detects damage; against other users the owner and the permissions of the folder guard.
     */
    private boolean isSuspect() {
        return folder.startsWith(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private boolean hasChecksum(Library library) {
        CRC32 sum = new CRC32();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(folder.resolve(library.name()))) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                sum.update(chunk, 0, read);
            }
            return library.checksum() < 0 || sum.getValue() == library.checksum();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private long size(Library library) {
        try {
            return Files.size(folder.resolve(library.name()));
        } catch (IOException lacking) {
            return -1;
        }
    }

    /** The size of the unpacked library, in bytes. */
    public long bytes() {
        return libraries.stream().mapToLong(Library::bytes).sum();
    }
}
