package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.sdescript.TestClassPath;

/** Java sources compiled for a test, in a class loader of their own. */
final class CompiledJava implements AutoCloseable {
    private final URLClassLoader loader;

    /** Compiles files into a folder, with all warnings as errors. */
    CompiledJava(Path classes, List<Path> sources) throws IOException {
        compile(classes, sources, TestClassPath.entries().stream());
        loader = new URLClassLoader(new URL[] {TestClassPath.url(classes)}, CompiledJava.class.getClassLoader());
    }

    /** Compiles files into a folder; the test fails with the errors and warnings of the compiler. */
    static void compile(Path classes, List<Path> sources, Stream<Path> path) throws IOException {
        Files.createDirectories(classes);
        List<String> options = List.of(
                "-proc:none",
                "-Xlint:all,-path,-classfile",
                "-Werror",
                "-cp",
                TestClassPath.text(path),
                "-d",
                classes.toString());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        Stream.concat(options.stream(), sources.stream().map(Path::toString))
                                .toArray(String[]::new));
        assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    /** Calls a static method without a result, and returns the lines that it printed. */
    List<String> printed(String type, String method, Class<?>[] parameters, Object... arguments) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            load(type).getMethod(method, parameters).invoke(null, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    Class<?> load(String type) throws ClassNotFoundException {
        return loader.loadClass(type);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
