package org.sdescript.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.backend.Backend;
import org.sdescript.diagnostic.Spelling;
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
 * by several threads at once; each run has its own names, random numbers and native memory.
 *
 * <pre>{@code
 * Sde script = Sde.of("param steps = 20\nscore = normal(std = 0.5).score(VP())\n"
 *         + "fn draw(n) = sample(VP(), score, n = n, shape = [2], using = pc(steps = steps))");
 * try (SdeRun run = script.with("steps", 10).seed(1).run()) {
 *     NdArray samples = run.sampler("draw").sample(100); // of shape [100, 2]
 * }
 * }</pre>
 *
 * <p>Mistakes are {@link SdeException}s, thrown by the method that is given them.
 */
public final class Sde {
    private static final Path DEFAULT_FOLDER = Path.of("runs", "embedded");

    private final Source source;
    private final Program program;
    private final Path file;
    private final Options options;

    /** All that a program may set. */
    private record Options(
            Map<String, @Nullable Object> given,
            Settings settings,
            OutputFolders folders,
            Consumer<String> output,
            Consumer<String> notes,
            @Nullable Consumer<? super SdeProgress> progress,
            @Nullable Duration limit) {
        Options {
            given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        }

        static Options standard() {
            return new Options(
                    Map.of(),
                    Settings.standard(),
                    OutputFolders.of(DEFAULT_FOLDER),
                    System.out::println,
                    note -> {},
                    null,
                    null);
        }

        Options given(Map<String, @Nullable Object> values) {
            return new Options(values, settings, folders, output, notes, progress, limit);
        }

        Options settings(Settings changed) {
            return new Options(given, changed, folders, output, notes, progress, limit);
        }

        Options folders(OutputFolders changed) {
            return new Options(given, settings, changed, output, notes, progress, limit);
        }

        Options output(Consumer<String> lines) {
            return new Options(given, settings, folders, lines, notes, progress, limit);
        }

        Options notes(Consumer<String> lines) {
            return new Options(given, settings, folders, output, lines, progress, limit);
        }

        Options progress(Consumer<? super SdeProgress> listener) {
            return new Options(given, settings, folders, output, notes, listener, limit);
        }

        Options limit(@Nullable Duration longest) {
            return new Options(given, settings, folders, output, notes, progress, longest);
        }
    }

    private Sde(Source source, Program program, Path file, Options options) {
        this.source = source;
        this.program = program;
        this.file = file;
        this.options = options;
    }

    /**
     * The script in a file; imports and data are resolved from the file's folder.
     *
     * @throws SdeException if the file cannot be read or its text is no script
     */
    public static Sde load(Path file) {
        return SdeException.told(() -> read(ScriptFile.read(file), file));
    }

    /**
     * A script from its text.
     *
     * @throws SdeException if the text is no script
     */
    public static Sde of(String text) {
        return of("script.sde", text);
    }

    /**
     * A script from its text.
     *
     * @param name the script's name in errors; imports are relative to it
     * @throws SdeException if the text is no script
     */
    public static Sde of(String name, String text) {
        return SdeException.told(() -> read(new Source(name, text), Path.of(name)));
    }

    private static Sde read(Source source, Path file) {
        return new Sde(source, Parser.parse(source).orThrow(), file, Options.standard());
    }

    private Sde with(Options changed) {
        return new Sde(source, program, file, changed);
    }

    /** The script's parameters, each with the source text of its default. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        declared()
                .forEach(param -> parameters.putIfAbsent(
                        param.name(), param.value().span().text()));
        return Collections.unmodifiableMap(parameters);
    }

    private List<Statement.Param> declared() {
        return SdeException.told(() -> ScriptParameters.declared(program, file));
    }

    /**
     * Sets a parameter to a value of the kind of its default, or to any value if the default is {@code none}. {@link
     * SdeRun} lists which values of Java are which of scripts; a list may also be given as an array. The value is
     * copied.
     *
     * @throws SdeException if the script has no such parameter, or if the value is of another kind; if the default must
     *     be computed first, the kind is compared by {@link #run}
     */
    public Sde with(String name, @Nullable Object value) {
        List<Statement.Param> declared = declared();
        Statement.Param param = declared.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name, declared));
        Object plain = PlainData.of(value, "the parameter `" + name + "`");
        ParameterValues.requireKind(name, param.value(), plain);
        Map<String, @Nullable Object> more = new LinkedHashMap<>(options.given());
        more.put(name, plain);
        return with(options.given(more));
    }

    /**
     * Sets several parameters.
     *
     * @throws SdeException as {@link #with(String, Object)}
     */
    public Sde with(Map<String, ?> values) {
        Sde set = this;
        for (Map.Entry<String, ?> each : values.entrySet()) {
            set = set.with(each.getKey(), each.getValue());
        }
        return set;
    }

    private static SdeException unknown(String name, List<Statement.Param> declared) {
        List<String> known = declared.stream().map(Statement.Param::name).toList();
        String all = known.isEmpty() ? "it declares no `param`" : "it has `" + String.join("`, `", known) + "`";
        return SdeException.of(
                "E0921",
                "the script has no parameter `" + name + "`",
                Spelling.nearestOfFew(name, known)
                        .map(close -> "did you mean `" + close + "`?")
                        .orElse(all));
    }

    /** Sets the seed, 0 by default: script, parameters and seed determine every random number. */
    public Sde seed(long seed) {
        return with(options.settings(options.settings().seed(seed)));
    }

    /**
     * Sets the device, {@code auto} by default.
     *
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:1}
     * @throws SdeException if no device has such a name; a device that this machine lacks is reported by {@link #run}
     */
    public Sde device(String device) {
        SdeException.told(() -> {
            Backend.requireDeviceName(device);
            return device;
        });
        return with(options.settings(options.settings().device(device)));
    }

    /**
     * Sets the precision of tensors, {@code float32} by default.
     *
     * @param name {@code float32}, {@code float64}, {@code tf32} or {@code bfloat16}
     * @throws SdeException if no precision has this name
     */
    public Sde precision(String name) {
        Precision precision = Precision.named(name)
                .orElseThrow(() -> SdeException.of(
                        "E0922", "no precision is named `" + name + "`", "a precision is " + Precision.names()));
        return with(options.settings(options.settings().precision(precision)));
    }

    /** Sets the number of threads for one operation of the tensor engine; with 0 the engine decides. */
    public Sde threads(int threads) {
        return with(options.settings(options.settings().threads(threads)));
    }

    /** Sets the folder of the script's files, {@code runs/embedded} by default. */
    public Sde folder(Path folder) {
        return with(options.folders(new OutputFolders(folder, options.folders().further())));
    }

    /** Allows the script to write into one more folder, like {@code --write DIR} of the command line. */
    public Sde write(Path folder) {
        return with(options.folders(options.folders().and(List.of(folder))));
    }

    /**
     * Sets the receiver of each line that the script prints, called on the run's own thread; the default prints to
     * standard output.
     */
    public Sde output(Consumer<String> lines) {
        return with(options.output(lines));
    }

    /**
     * Sets the receiver of notes about the run, such as written files and a prior that differs from the law of the data,
     * called on the run's own thread; by default notes are dropped.
     */
    public Sde notes(Consumer<String> notes) {
        return with(options.notes(notes));
    }

    /**
     * Sets the listener for the progress of trainings, samplings and loops, called after each step on the run's own
     * thread. An exception that the listener throws ends the call, and the caller gets this exception.
     */
    public Sde progress(Consumer<? super SdeProgress> listener) {
        return with(options.progress(listener));
    }

    /**
     * Limits the time of {@link #run} and of each later call of the run. A call that takes longer is stopped at its next
     * step, and throws an {@link SdeException} with the code E0909. {@link SdeRun#timeLimit} sets another limit for
     * later calls.
     *
     * @param longest the limit; {@link Duration#ZERO} for none, as by default
     */
    public Sde timeLimit(Duration longest) {
        return with(options.limit(longest.isZero() ? null : longest));
    }

    /**
     * Checks the script and the files that it imports without running them, and returns the warnings.
     *
     * @throws SdeException with all errors, if the script has any
     */
    public List<SdeException.Problem> check() {
        return SdeException.told(() -> new Pipeline()
                .checked(source).warnings().stream()
                        .map(ApiWords::of)
                        .map(SdeException.Problem::of)
                        .toList());
    }

    /**
     * Checks the script and runs it to its end. Interrupting the thread stops the script, and throws a {@link
     * java.util.concurrent.CancellationException}.
     *
     * @throws SdeException if the script has errors, fails, or exceeds the {@linkplain #timeLimit time limit}
     */
    public SdeRun run() {
        SdeRun run = opened();
        try {
            run.eval(this);
            return run;
        } catch (RuntimeException | Error failure) {
            run.close();
            throw failure;
        }
    }

    /**
     * Checks the script, begins to run it and returns at once. Cancelling the future stops the script, also {@code
     * orTimeout} does. If the script fails, the cause of the future's exception is an {@link SdeException}.
     *
     * @throws SdeException if the script has errors
     */
    public CompletableFuture<SdeRun> runAsync() {
        return opened().begin(this);
    }

    private SdeRun opened() {
        return SdeException.told(() -> {
            Pipeline pipeline = new Pipeline();
            pipeline.checked(source);
            return new SdeRun(pipeline, this);
        });
    }

    Program program() {
        return program;
    }

    Path file() {
        return file;
    }

    Settings settings() {
        return options.settings();
    }

    OutputFolders folders() {
        return options.folders();
    }

    Output console() {
        return new Output(options.output(), options.notes(), options.progress());
    }

    @Nullable
    Duration limit() {
        return options.limit();
    }

    Map<String, @Nullable Object> given() {
        return options.given();
    }
}
