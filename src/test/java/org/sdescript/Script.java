package org.sdescript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sdescript.ast.Program;
import org.sdescript.backend.Execution;
import org.sdescript.pipeline.LibraryScripts;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** Runs scripts through the whole pipeline and returns their output. */
public final class Script {
    public static final Pipeline PIPELINE = new Pipeline();

    /** For scripts given as texts, which may name what is local in the library. */
    private static final Pipeline INSIDE = LibraryScripts.pipeline();

    private Script() {}

    /** The lines that a script prints. */
    public static List<String> run(String text) {
        return run(text, temporary());
    }

    /** The lines that a script prints; the script lies in a folder and writes there. */
    public static List<String> run(String text, Path folder) {
        return run(new Source(folder.resolve("script.sde").toString(), text), folder, Map.of());
    }

    /** The same; the console also records notes about the run. */
    public static List<String> run(String text, Path folder, RecordedConsole console) {
        Source source = new Source(folder.resolve("script.sde").toString(), text);
        return run(source, folder, Map.of(), Settings.standard(), console);
    }

    /** The lines that a script prints under these settings. */
    public static List<String> run(String text, Settings settings) {
        Path folder = temporary();
        return run(new Source(folder.resolve("script.sde").toString(), text), folder, Map.of(), settings);
    }

    /** The numbers that a script prints, in order. */
    public static double[] numbers(String text) {
        return numbers(text, Settings.standard());
    }

    public static double[] numbers(String text, Settings settings) {
        return run(text, settings).stream()
                .flatMap(line -> List.of(line.split("[\\s,\\[\\]]+")).stream())
                .filter(word -> !word.isEmpty())
                .mapToDouble(Script::number)
                .toArray();
    }

    private static double number(String word) {
        return switch (word) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(word);
        };
    }

    public static List<String> run(Path file, Map<String, String> parameters) {
        return run(ScriptFile.read(file), temporary(), parameters);
    }

    /** The same in this execution mode. */
    public static List<String> run(Path file, Execution execution) {
        return run(
                ScriptFile.read(file),
                temporary(),
                Map.of(),
                Settings.standard().execution(execution));
    }

    private static List<String> run(Source source, Path folder, Map<String, String> parameters) {
        return run(source, folder, parameters, Settings.standard());
    }

    private static List<String> run(Source source, Path folder, Map<String, String> parameters, Settings settings) {
        return run(source, folder, parameters, settings, new RecordedConsole());
    }

    private static List<String> run(
            Source source, Path folder, Map<String, String> parameters, Settings settings, RecordedConsole console) {
        Path file = Path.of(source.name());
        try (Session session =
                new Session(settings, console, folder, file.toAbsolutePath().getParent())) {
            Pipeline pipeline = Files.exists(file) ? PIPELINE : INSIDE;
            Program program = pipeline.program(source);
            pipeline.run(program, file, ScriptParameters.of(parameters), session);
        }
        return console.lines();
    }

    /** A new folder for a run's files, below the build folder. */
    public static Path temporary() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "runs")), "run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
