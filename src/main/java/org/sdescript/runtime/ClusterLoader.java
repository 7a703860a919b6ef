package org.sdescript.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * Opens clusters. The classes of Apache Spark are loaded here and not before: from the class path if they are there (in
 * programs that embed sde, in {@code spark-submit}), otherwise from the folder {@code lib-cluster} beside sde's jar.
 */
public final class ClusterLoader {
    private static final String PACKAGE = "org.sdescript.cluster.";
    private static final String IMPLEMENTATION = PACKAGE + "SparkCluster";
    private static final String SPARK = "org/apache/spark/SparkContext.class";
    private static final String FOLDER = "lib-cluster";

    private ClusterLoader() {}

    /** Throws if Spark is missing, or if the cluster cannot be reached. */
    public static Cluster open(ClusterSettings settings, Console console) {
        return open(settings, console, ClusterLoader.class.getClassLoader(), place());
    }

    /** @param place the jar of sde, or the folder of its classes */
    static Cluster open(ClusterSettings settings, Console console, ClassLoader application, Path place) {
        ClassLoader loader = application.getResource(SPARK) != null ? application : beside(application, place);
        return within(loader, () -> opened(settings, console, loader));
    }

    /** Runs work with a loader as the thread's context class loader, through which Spark finds classes and resources. */
    public static <T> T within(ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Cluster opened(ClusterSettings settings, Console console, ClassLoader loader) {
        try {
            return Class.forName(IMPLEMENTATION, true, loader)
                    .asSubclass(Cluster.class)
                    .getConstructor(ClusterSettings.class, Console.class)
                    .newInstance(settings, console);
        } catch (InvocationTargetException thrown) {
            throw failure(settings, thrown.getCause() == null ? thrown : thrown.getCause());
        } catch (ReflectiveOperationException | LinkageError unusable) {
            throw failure(settings, unusable);
        }
    }

    private static RuntimeException failure(ClusterSettings settings, Throwable cause) {
        if (cause instanceof SdeError error) {
            return error;
        }
        if (cause instanceof VirtualMachineError exhausted) {
            throw exhausted;
        }
        return new SdeError(
                Diagnostic.error("E0942", null, "the cluster " + settings.master() + " cannot be used")
                        .note(cause.toString()),
                cause);
    }

    private static Path place() {
        try {
            return Path.of(ClusterLoader.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClassLoader beside(ClassLoader application, Path place) {
        Path folder = place.resolveSibling(FOLDER);
        List<URL> urls = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    urls.add(jar.toUri().toURL());
                }
                urls.add(place.toUri().toURL());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (urls.size() < 2) {
            throw Diagnostic.error("E0941", null, "a cluster needs Apache Spark, which is not installed")
                    .note("there are no libraries in " + folder)
                    .help("unpack the archive sde-…-cluster over the folder of sde; in the sources of sde, "
                            + "`mvn -Pcluster package` makes the archive and the folder")
                    .raise();
        }
        return new SparkLoader(urls, application);
    }

    /**
     * Loads Spark, and the package that uses it: the same class of that package, loaded by the application's loader,
     * would not find Spark.
     */
    private static final class SparkLoader extends URLClassLoader {
        static {
            registerAsParallelCapable();
        }

        SparkLoader(List<URL> urls, ClassLoader parent) {
            super(urls.toArray(URL[]::new), parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
