package org.sdescript;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of the tests, whether it is that of the JVM or of a class loader that runs the tests. */
public final class TestClassPath {
    private TestClassPath() {}

    public static List<Path> entries() {
        ClassLoader loader = TestClassPath.class.getClassLoader();
        return loader instanceof URLClassLoader urls
                ? Arrays.stream(urls.getURLs()).map(TestClassPath::path).toList()
                : Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                        .map(Path::of)
                        .toList();
    }

    /** Returns the text of a class path, as the option {@code -cp} takes it. */
    public static String text(Stream<Path> entries) {
        return entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    public static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Path path(URL entry) {
        return Path.of(URI.create(entry.toString()));
    }
}
