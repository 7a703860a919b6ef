package org.sdescript.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.check.ArgumentCheck;
import org.sdescript.check.Globals;
import org.sdescript.check.Kind;
import org.sdescript.check.Signature;
import org.sdescript.data.DataFunctions;
import org.sdescript.data.SavedFiles;
import org.sdescript.data.image.ImageFunctions;
import org.sdescript.learn.DescribeFunction;
import org.sdescript.learn.ModelFiles;
import org.sdescript.learn.TrainingFunctions;
import org.sdescript.manual.HelpFunctions;
import org.sdescript.manual.Manual;
import org.sdescript.plot.Animation;
import org.sdescript.plot.FigureChecks;
import org.sdescript.plot.FigureFile;
import org.sdescript.plot.MarkFunctions;
import org.sdescript.plot.PictureFunctions;
import org.sdescript.plot.PlotFunctions;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.builtin.AlgebraFunctions;
import org.sdescript.runtime.builtin.Couplings;
import org.sdescript.runtime.builtin.Derivatives;
import org.sdescript.runtime.builtin.DistributionFunctions;
import org.sdescript.runtime.builtin.ElementwiseFunctions;
import org.sdescript.runtime.builtin.ImageLayers;
import org.sdescript.runtime.builtin.Layers;
import org.sdescript.runtime.builtin.LinearAlgebra;
import org.sdescript.runtime.builtin.Matrices;
import org.sdescript.runtime.builtin.OutputFunctions;
import org.sdescript.runtime.builtin.ProcessFunctions;
import org.sdescript.runtime.builtin.Quantiles;
import org.sdescript.runtime.builtin.RandomOrder;
import org.sdescript.runtime.builtin.RecordFunctions;
import org.sdescript.runtime.builtin.Reductions;
import org.sdescript.runtime.builtin.SamplingFunctions;
import org.sdescript.runtime.builtin.SelfAttention;
import org.sdescript.runtime.builtin.SequenceFunctions;
import org.sdescript.runtime.builtin.Shaping;
import org.sdescript.runtime.builtin.SimulationChecks;
import org.sdescript.runtime.builtin.TableFunctions;
import org.sdescript.runtime.builtin.TensorCreation;
import org.sdescript.runtime.builtin.TimeFeatures;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/**
 * The names that every script has without importing: the built-ins, the constants, and {@code stdlib/}, written in the
 * language.
 */
public final class StandardLibrary {
    /** The files that declare the built-ins, in the order of reading. */
    static final List<String> NATIVE = List.of(
            "native/functions",
            "native/tensors",
            "native/derivatives",
            "native/sequences",
            "native/networks",
            "native/processes",
            "native/sampling",
            "native/figures",
            "native/output",
            "native/training",
            "native/data");

    /** The files of {@code stdlib/} written in the language, in the order of reading. */
    static final List<String> FILES = List.of(
            "schedules",
            "processes",
            "networks",
            "losses",
            "weights",
            "times",
            "predictions",
            "rates",
            "predictors",
            "correctors",
            "samplers",
            "karras",
            "guidance",
            "grids",
            "solvers",
            "simulation",
            "likelihood",
            "distributions",
            "paths",
            "couplings",
            "bridges",
            "metrics",
            "watching");

    private static final List<BuiltinLibrary> LIBRARIES = List.of(
            new ElementwiseFunctions(),
            new Reductions(),
            new TensorCreation(),
            new Shaping(),
            new LinearAlgebra(),
            new Matrices(),
            new Quantiles(),
            new RandomOrder(),
            new Derivatives(),
            new SequenceFunctions(),
            new RecordFunctions(),
            new TableFunctions(),
            new Layers(),
            new ImageLayers(),
            new SelfAttention(),
            new TimeFeatures(),
            new DescribeFunction(),
            new AlgebraFunctions(),
            new ProcessFunctions(),
            new DistributionFunctions(),
            new Couplings(),
            new SamplingFunctions(),
            new SimulationChecks(),
            new OutputFunctions(),
            new TrainingFunctions(),
            new SweepFunction(),
            new ModelFiles(),
            new DataFunctions(),
            new ImageFunctions(),
            new PlotFunctions(),
            new MarkFunctions(),
            new PictureFunctions(),
            new Animation());

    private static final Map<String, Double> CONSTANTS =
            Map.of("pi", Math.PI, "π", Math.PI, "inf", Double.POSITIVE_INFINITY, "nan", Double.NaN);

    /** The functions that write files, with the parameter that names the file. */
    private static final Map<String, Map<String, ArgumentCheck>> WRITING = Map.of(
            "plot",
            Map.of("to", ArgumentCheck.ofFile(given -> FigureFile.KINDS)),
            "panels",
            Map.of("to", ArgumentCheck.ofFile(given -> FigureFile.KINDS)),
            "save",
            Map.of("file", ArgumentCheck.ofFile(given -> SavedFiles.of(given.apply("value")))),
            "export",
            Map.of("file", ArgumentCheck.ofFile(given -> ModelFiles.exported(given.apply("step")))),
            "animate",
            Map.of("to", ArgumentCheck.ofFile(given -> Animation.KINDS)));

    private final List<Program> natives =
            NATIVE.stream().map(StandardLibrary::read).toList();
    private final List<Builtin> builtins = joined(declarations(natives), bodies());
    private final List<Program> programs =
            FILES.stream().map(StandardLibrary::read).toList();
    private final Map<String, Signature> declared = declared();
    private final Globals globals = exported();

    /** Binds all names in the interpreter's outermost environment. */
    void bindIn(Interpreter interpreter) {
        Environment root = interpreter.root();
        builtins.forEach(builtin -> root.bind(builtin.signature().name(), builtin));
        CONSTANTS.forEach((name, value) -> root.bind(name, Value.number(value)));
        programs.forEach(program -> interpreter.run(program, root));
        declared.forEach((name, signature) -> root.bind(name, taking(root.bound(name), signature)));
    }

    private static Value taking(Value declared, Signature signature) {
        return switch (declared) {
            case Closure closure -> closure.taking(signature);
            case ProcessDeclaration process -> process.taking(signature);
            default -> throw new IllegalStateException(signature.name() + " is " + declared.kind());
        };
    }

    public List<Builtin> builtins() {
        return builtins;
    }

    private Map<String, Builtin.Body> bodies() {
        Map<String, Builtin.Body> bodies = new HashMap<>(new HelpFunctions(this::manual).bodies());
        LIBRARIES.forEach(library -> bodies.putAll(library.bodies()));
        return bodies;
    }

    /** Joins each declaration with the body of its name; none may lack the other. */
    static List<Builtin> joined(List<Statement.Declaration> declared, Map<String, Builtin.Body> bodies) {
        Map<String, Builtin.Body> open = new TreeMap<>(bodies);
        List<Builtin> all = declared.stream()
                .map(each -> new Builtin(
                        each, Objects.requireNonNull(open.remove(each.name()), each.name() + " has no body")))
                .toList();
        if (!open.isEmpty()) {
            throw new IllegalStateException("stdlib/native does not declare " + open.keySet());
        }
        return all;
    }

    /** The manual of the whole library. */
    public Manual manual() {
        Map<String, Program> files = new LinkedHashMap<>();
        for (int i = 0; i < NATIVE.size(); i++) {
            files.put(NATIVE.get(i), natives.get(i));
        }
        for (int i = 0; i < FILES.size(); i++) {
            files.put(FILES.get(i), programs.get(i).exported());
        }
        return Manual.of(files);
    }

    /** The programs of all files, those that declare built-ins first. */
    List<Program> files() {
        return Stream.concat(natives.stream(), programs.stream()).toList();
    }

    /** The names and signatures for the checker. */
    Globals globals() {
        return globals;
    }

    /** The programs of {@link #FILES}, with their local names. */
    List<Program> programs() {
        return programs;
    }

    /** The names and signatures that the library's own files see. */
    Globals ownGlobals() {
        return listed(declared);
    }

    private Globals exported() {
        Map<String, Signature> signatures = new HashMap<>(declared);
        signatures.keySet().removeAll(locals());
        return listed(signatures);
    }

    private Globals listed(Map<String, Signature> declared) {
        Map<String, Signature> signatures = new HashMap<>(declared);
        signatures(natives).forEach(builtin -> signatures.put(builtin.name(), builtin.checking(checks(builtin))));
        return Globals.of(CONSTANTS.keySet()).and(signatures);
    }

    /** The checks of arguments that are written as literals: endings of files, and the words of figures. */
    private static Map<String, ArgumentCheck> checks(Signature builtin) {
        Map<String, ArgumentCheck> checks = new HashMap<>(FigureChecks.of(builtin));
        checks.putAll(WRITING.getOrDefault(builtin.name(), Map.of()));
        return checks;
    }

    /** The names of the callables that declare an order of convergence. */
    Set<String> withOrder() {
        return declarations(programs).stream()
                .filter(declared -> declared.order().isPresent())
                .map(Statement.Declaration::name)
                .collect(Collectors.toSet());
    }

    private Set<String> locals() {
        return programs.stream().flatMap(program -> program.locals().stream()).collect(Collectors.toSet());
    }

    /**
     * The signatures declared in {@code stdlib/}. A parameter takes the kind of its default, so that callers can rely
     * on the kind.
     */
    private Map<String, Signature> declared() {
        List<Signature> signatures = signatures(programs);
        Map<String, Kind> kinds = new HashMap<>();
        builtins.forEach(builtin -> kinds.put(builtin.signature().name(), Kind.FUNCTION));
        signatures.forEach(signature -> kinds.put(signature.name(), signature.kind()));
        return signatures.stream()
                .collect(Collectors.toUnmodifiableMap(Signature::name, signature -> signature.customary(kinds)));
    }

    private static List<Statement.Declaration> declarations(List<Program> programs) {
        return programs.stream()
                .flatMap(program -> program.statements().stream())
                .filter(Statement.Declaration.class::isInstance)
                .map(Statement.Declaration.class::cast)
                .toList();
    }

    private static List<Signature> signatures(List<Program> programs) {
        return programs.stream()
                .flatMap(program -> program.statements().stream())
                .flatMap(StandardLibrary::signature)
                .toList();
    }

    private static Stream<Signature> signature(Statement statement) {
        return switch (statement) {
            case Statement.Declaration declaration -> Stream.of(Signature.of(declaration));
            case Statement.SdeDeclaration declaration -> Stream.of(Signature.of(declaration));
            default -> Stream.empty();
        };
    }

    private static Program read(String name) {
        String path = "/org/sdescript/stdlib/" + name + ".sde";
        try (InputStream in = StandardLibrary.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the standard library lacks " + path);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Parser.parse(new Source(BuiltinLibrary.SOURCES + name + ".sde", text))
                    .orThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
