package org.sdescript.api;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sdescript.ast.Program;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/**
 * A script and its settings. Immutable: methods that set something return a copy. A script may be run many times, and
 * by several threads at once.
 *
 * <pre>{@code
 * try (SdeRun run = Sde.load(Path.of("moons.sde")).with("steps", 500).seed(1).run()) {
 *     NdArray samples = run.sampler("draw").sample(1000); // of shape [1000, 2]
 * }
 * }</pre>
 *
 * <p>Errors of the script are {@link org.sdescript.diagnostic.SdeError}s with the texts of the command line.
 */
public final class Sde {
    private static final Path DEFAULT_FOLDER = Path.of("runs", "embedded");

    private final Source source;
    private final Program program;
    private final Path file;
    private final Map<String, String> given;
    private final Settings settings;
    private final OutputFolders folders;
    private final Consumer<String> output;

    private Sde(
            Source source,
            Program program,
            Path file,
            Map<String, String> given,
            Settings settings,
            OutputFolders folders,
            Consumer<String> output) {
        this.source = source;
        this.program = program;
        this.file = file;
        this.given = Collections.unmodifiableMap(given);
        this.settings = settings;
        this.folders = folders;
        this.output = output;
    }

    /** The script in a file; imports and data are resolved from the file's folder. */
    public static Sde load(Path file) {
        return read(ScriptFile.read(file), file);
    }

    /** A script from its text. */
    public static Sde of(String text) {
        return of("script.sde", text);
    }

    /** @param name the script's name in errors; imports are relative to it */
    public static Sde of(String name, String text) {
        return read(new Source(name, text), Path.of(name));
    }

    private static Sde read(Source source, Path file) {
        Program program = Parser.parse(source).orThrow();
        return new Sde(
                source,
                program,
                file,
                Map.of(),
                Settings.standard(),
                OutputFolders.of(DEFAULT_FOLDER),
                System.out::println);
    }

    /** The script's parameters, each with the source text of its default. */
    public Map<String, String> parameters() {
        return ScriptParameters.declared(program, file).stream()
                .collect(Collectors.toMap(
                        param -> param.name(),
                        param -> param.value().span().text(),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    /**
     * Sets a parameter.
     *
     * @param value a number, truth value, string or a list of these
     */
    public Sde with(String parameter, Object value) {
        Map<String, String> more = new LinkedHashMap<>(given);
        more.put(parameter, written(value));
        return new Sde(source, program, file, more, settings, folders, output);
    }

    private static String written(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"))
                : String.valueOf(value);
    }

    /** Sets the seed, 0 by default: script, parameters and seed determine every random number. */
    public Sde seed(long seed) {
        return with(settings.seed(seed));
    }

    /** @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:1} */
    public Sde device(String device) {
        return with(settings.device(device));
    }

    /** @param name {@code float32}, {@code float64}, {@code tf32} or {@code bfloat16} */
    public Sde precision(String name) {
        return with(settings.precision(Precision.named(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("a precision is " + Precision.names() + ", not " + name))));
    }

    /** Sets the number of threads for one operation of the tensor engine; with 0 the engine decides. */
    public Sde threads(int threads) {
        return with(settings.threads(threads));
    }

    private Sde with(Settings changed) {
        return new Sde(source, program, file, given, changed, folders, output);
    }

    /** Sets the folder of the script's files, {@code runs/embedded} by default. */
    public Sde folder(Path folder) {
        OutputFolders changed = new OutputFolders(folder, folders.further());
        return new Sde(source, program, file, given, settings, changed, output);
    }

    /** Allows the script to write into one more folder, like {@code --write DIR} of the command line. */
    public Sde write(Path folder) {
        return new Sde(source, program, file, given, settings, folders.and(List.of(folder)), output);
    }

    /**
     * Sets the receiver of each line that the script prints, called on the run's own thread; the default prints to
     * standard output.
     */
    public Sde output(Consumer<String> lines) {
        return new Sde(source, program, file, given, settings, folders, lines);
    }

    /** Checks the script and runs it to its end. */
    public SdeRun run() {
        Pipeline pipeline = new Pipeline();
        pipeline.checked(source);
        SdeRun run = new SdeRun(pipeline, this);
        try {
            run.eval(this);
            return run;
        } catch (RuntimeException | Error failure) {
            run.close();
            throw failure;
        }
    }

    Program program() {
        return program;
    }

    Path file() {
        return file;
    }

    Settings settings() {
        return settings;
    }

    OutputFolders folders() {
        return folders;
    }

    Consumer<String> output() {
        return output;
    }

    ScriptParameters given() {
        ScriptParameters parameters = ScriptParameters.of(given);
        parameters.refuseUnknown(program, file);
        return parameters;
    }
}
