package org.sdescript.learn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.Safetensors;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.files.FileText;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.DataMoments;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/**
 * A trained model in a safetensors file: the parameters by name, losses and reports of the training, kept averages, and
 * metadata with the network, process and prediction. {@code load} finds declarations of the standard library by name; the script passes
 * its own declarations to {@code load}.
 */
final class ModelFile {
    static final String ENDING = ".safetensors";
    private static final String LOSSES = "losses";
    /** Mean and variance of the data, as two rows; absent in files of version 0.1. */
    private static final String DATA = "data";
    /** The reports of the training, one a row; absent in files of version 0.1. */
    private static final String REPORTS = "reports";
    /** The start of the names of kept averages, followed by their step and the index of their width. */
    private static final String KEPT = "kept/";

    private static final String WIDTHS = "widths";

    private static final String NETWORK = "network";
    private static final String PROCESS = "process";
    private static final String PREDICT = "predict";
    private static final String SHAPE = "shape";
    /** The conditions that the model was trained with; absent in older files. */
    private static final String CONDITIONS = "conditions";

    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,9}");
    /** The parameter names in order, since safetensors files need not preserve the order. */
    private static final String NAMES = "names";

    private ModelFile() {}

    static void write(ModelValue model, Backend backend, Environment library, Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Parameters parameters = model.parameters();
        parameters.names().forEach(name -> tensors.put(name, parameters.get(name)));
        Map<String, String> words = new LinkedHashMap<>();
        CallableJson.of(model.untrained(), CallableJson.Part.NETWORK, library)
                .ifPresent(recipe -> words.put(NETWORK, recipe));
        CallableJson.of(model.prediction().score(), CallableJson.Part.PREDICTION, library)
                .filter(recipe -> model.prediction().input().isEmpty())
                .ifPresent(recipe -> words.put(PREDICT, recipe));
        model.process()
                .origin()
                .flatMap(origin -> CallableJson.of(origin, CallableJson.Part.PROCESS, library))
                .ifPresent(recipe -> words.put(PROCESS, recipe));
        words.put(SHAPE, text(model.sampleShape().orElseThrow()));
        words.put(CONDITIONS, model.conditions().written());
        words.put(NAMES, String.join(" ", parameters.names()));
        putKept(model.record().kept(), tensors, words);
        List<Tensor> own = new ArrayList<>();
        try {
            numbers(model.record(), backend).forEach((name, tensor) -> {
                own.add(tensor);
                tensors.put(name, tensor);
            });
            new Safetensors(tensors, words).write(file);
        } finally {
            own.forEach(Tensor::close);
        }
    }

    /** Returns the numbers of the training as tensors, which the caller closes. */
    private static Map<String, Tensor> numbers(TrainingRecord record, Backend backend) {
        TrainingHistory history = record.history();
        Map<String, Tensor> numbers = new LinkedHashMap<>();
        double[] losses =
                history.losses().stream().mapToDouble(Double::doubleValue).toArray();
        numbers.put(LOSSES, backend.tensor(DType.FLOAT64, Shape.of(losses.length), losses));
        if (!history.reports().isEmpty()) {
            Shape rows = Shape.of(history.reports().size(), TrainingHistory.Report.COLUMNS);
            numbers.put(REPORTS, backend.tensor(DType.FLOAT64, rows, history.table()));
        }
        record.data().ifPresent(data -> {
            double[] moments = java.util.stream.DoubleStream.concat(
                            Arrays.stream(data.mean()), Arrays.stream(data.variance()))
                    .toArray();
            numbers.put(DATA, backend.tensor(DType.FLOAT64, Shape.of(2, data.mean().length), moments));
        });
        return numbers;
    }

    private static void putKept(KeptAverages kept, Map<String, Tensor> tensors, Map<String, String> words) {
        if (kept.isEmpty()) {
            return;
        }
        words.put(WIDTHS, kept.widths().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        kept.states().forEach(state -> {
            for (int i = 0; i < state.averages().size(); i++) {
                tensors.put(KEPT + state.step() + "/" + i, state.averages().get(i));
            }
        });
    }

    /** Removes the kept averages from the tensors of a file and returns them. */
    private static KeptAverages kept(Call call, Path file, Map<String, String> words, Map<String, Tensor> rest) {
        String listed = words.get(WIDTHS);
        if (listed == null) {
            return KeptAverages.NONE;
        }
        try {
            List<Double> widths =
                    Stream.of(listed.split(" ")).map(Double::valueOf).toList();
            SortedMap<Long, List<Tensor>> byStep = new TreeMap<>();
            for (String name : List.copyOf(rest.keySet())) {
                if (name.startsWith(KEPT)) {
                    byStep.computeIfAbsent(Long.valueOf(name.split("/")[1]), step -> new ArrayList<>())
                            .add(rest.get(name));
                }
            }
            if (!byStep.values().stream().allMatch(averages -> averages.size() == widths.size())
                    || !widths.stream().allMatch(width -> width > 0 && width <= PowerFunction.WIDEST)) {
                throw new NumberFormatException();
            }
            rest.keySet().removeIf(name -> name.startsWith(KEPT));
            return new KeptAverages(
                    widths,
                    byStep.entrySet().stream()
                            .map(entry -> new KeptAverages.State(entry.getKey(), entry.getValue()))
                            .toList());
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
            throw noModel(call, file)
                    .note("its kept averages are not those of " + FileText.shown(listed))
                    .raise();
        }
    }

    /** Returns the data moments if the file has them. */
    private static Optional<DataMoments> moments(@Nullable Tensor both, Shape sample) {
        if (both == null || both.shape().elements() != 2 * sample.elements()) {
            return Optional.empty();
        }
        double[] all = both.toDoubles();
        int n = all.length / 2;
        return Optional.of(new DataMoments(Arrays.copyOf(all, n), Arrays.copyOfRange(all, n, 2 * n)));
    }

    private static String text(Shape shape) {
        return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    static Value load(Call call) {
        Path file = call.session().folders().input(call.text("file"));
        FileFault.requireReadable(file);
        Safetensors saved = Safetensors.read(call.session().backend(), file);
        Map<String, Tensor> rest = new LinkedHashMap<>(saved.tensors());
        Parameters parameters = new Parameters(call.session().backend());
        try {
            Tensor past = saved.tensors().get(LOSSES);
            Map<String, String> words = saved.metadata();
            String shape = words.get(SHAPE);
            String listed = words.get(NAMES);
            if (past == null || shape == null || listed == null) {
                throw noModel(call, file).raise();
            }
            Shape sample = sampleShape(call, shape, file);
            ModelValue model = new ModelValue(
                    network(call, words, file),
                    parameters,
                    process(call, words, file),
                    prediction(call, words, file),
                    new TrainedShape(sample, conditions(call, words, file)),
                    new TrainingRecord(
                            history(past, saved.tensors().get(REPORTS)),
                            kept(call, file, words, rest),
                            moments(saved.tensors().get(DATA), sample)),
                    Optional.empty());
            List<String> names = names(call, listed, saved.tensors(), file);
            names.forEach(name -> parameters.adopt(name, Objects.requireNonNull(rest.remove(name))));
            requireWhole(call, file, model);
            call.session().memory().own(model);
            return model;
        } finally {
            rest.values().forEach(Tensor::close);
        }
    }

    /** Throws unless each kept average is a vector of all parameters. */
    private static void requireWhole(Call call, Path file, ModelValue model) {
        Shape whole = Shape.of(model.parameters().count());
        boolean isWhole = model.record().kept().states().stream()
                .flatMap(state -> state.averages().stream())
                .allMatch(average -> average.shape().equals(whole)
                        && average.dtype()
                                == model.parameters().tensors().getFirst().dtype());
        if (!isWhole) {
            throw noModel(call, file)
                    .note("its kept averages do not have the size of its parameters")
                    .raise();
        }
    }

    private static TrainingHistory history(Tensor losses, @Nullable Tensor reports) {
        return new TrainingHistory(
                Arrays.stream(losses.toDoubles()).boxed().toList(),
                reports == null ? List.of() : TrainingHistory.reports(reports.toDoubles()));
    }

    private static Diagnostic noModel(Call call, Path file) {
        return Diagnostic.error("E0870", call.span(), file + " does not hold a model")
                .help("`save(score, \"score.safetensors\")` writes one");
    }

    private static Shape sampleShape(Call call, String written, Path file) {
        List<Long> sizes = Stream.of(written.split(" ", -1))
                .filter(size -> SIZE.matcher(size).matches())
                .map(Long::valueOf)
                .toList();
        double elements = sizes.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
        if (sizes.size() != written.split(" ", -1).length || elements > Integer.MAX_VALUE) {
            throw noModel(call, file)
                    .note("the shape of a sample is not \"" + FileText.shown(written) + "\"")
                    .raise();
        }
        return new Shape(sizes);
    }

    private static boolean isReserved(String name) {
        return Set.of(LOSSES, REPORTS, DATA).contains(name) || name.startsWith(KEPT);
    }

    /**
     * Returns the parameter names. Throws unless each name has its own tensor and all tensors have the same
     * floating-point type.
     */
    private static List<String> names(Call call, String written, Map<String, Tensor> tensors, Path file) {
        List<String> names = List.of(written.split(" "));
        Set<DType> types = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            Tensor tensor = tensors.get(name);
            if (tensor == null || isReserved(name) || !seen.add(name)) {
                throw noModel(call, file)
                        .note("there is no tensor for its parameter `" + FileText.shown(name) + "`")
                        .raise();
            }
            types.add(tensor.dtype());
            if (!tensor.dtype().isFloating() || types.size() > 1) {
                throw noModel(call, file)
                        .note("its parameter `" + FileText.shown(name) + "` is " + tensor.dtype()
                                + "; parameters are all" + " float32, or all float64")
                        .raise();
            }
        }
        return names;
    }

    private static Callable network(Call call, Map<String, String> words, Path file) {
        if (call.given(NETWORK).isPresent()) {
            return call.callable(NETWORK);
        }
        return (Callable) named(call, words, NETWORK, CallableJson.Part.NETWORK, file)
                .orElseThrow(() -> missing(
                        call, file, "its network was declared in the script that trained it", "network = net()"));
    }

    private static ProcessValue process(Call call, Map<String, String> words, Path file) {
        if (call.given(PROCESS).isPresent()) {
            return ProcessValue.argument(call, PROCESS);
        }
        return (ProcessValue) named(call, words, PROCESS, CallableJson.Part.PROCESS, file)
                .orElseThrow(() -> missing(
                        call, file, "its process is not one of the standard library, unchanged", "process = mine()"));
    }

    private static TrainedConditions conditions(Call call, Map<String, String> words, Path file) {
        String written = words.getOrDefault(CONDITIONS, "");
        return TrainedConditions.read(written).orElseThrow(() -> noModel(call, file)
                .note("its conditions are not \"" + FileText.shown(written) + "\"")
                .raise());
    }

    private static Prediction prediction(Call call, Map<String, String> words, Path file) {
        if (call.given(PREDICT).isPresent()) {
            return Prediction.of(call, "noise");
        }
        return named(call, words, PREDICT, CallableJson.Part.PREDICTION, file)
                .map(Callable.class::cast)
                .map(Prediction::new)
                .orElseThrow(() -> missing(
                        call,
                        file,
                        "the meaning of its network's output has no name in the standard" + " library",
                        "predict = karras()"));
    }

    private static Optional<Value> named(
            Call call, Map<String, String> words, String word, CallableJson.Part part, Path file) {
        String recipe = words.get(word);
        try {
            return recipe == null ? Optional.empty() : CallableJson.read(recipe, part, call.interpreter(), call.span());
        } catch (CallableJson.Refused refused) {
            throw Diagnostic.error("E0873", call.span(), file + " cannot be loaded: " + refused.getMessage())
                    .note("a model's file names networks, processes, predictions and schedules of the standard"
                            + " library; no code of the file is run")
                    .help("load a file written by `save`, or give the part yourself: `load(\"" + file.getFileName()
                            + "\", " + word + " = …)`")
                    .raise();
        }
    }

    private static SdeError missing(Call call, Path file, String why, String remedy) {
        return Diagnostic.error("E0871", call.span(), file + " does not describe the whole model: " + why)
                .help("give it: `load(\"" + file.getFileName() + "\", " + remedy + ")`")
                .raise();
    }
}
