package org.sdescript.learn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.Safetensors;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.ProcessValue;
import org.sdescript.runtime.Value;

/**
 * A trained model in a safetensors file: the parameters by their names, the losses of the training, and among the words about them
 * which network, process and prediction they belong to. What of these the standard library has is found again by {@code load}; what a
 * script has declared itself is given to it.
 */
final class ModelFile {
    static final String ENDING = ".safetensors";
    private static final String LOSSES = "losses";
    private static final String NETWORK = "network";
    private static final String PROCESS = "process";
    private static final String PREDICT = "predict";
    private static final String SHAPE = "shape";
    /** What the parameters are called, in their order, which files of this kind need not keep. */
    private static final String NAMES = "names";

    private ModelFile() {}

    static void write(ModelValue model, Backend backend, Environment library, Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Parameters parameters = model.parameters();
        parameters.names().forEach(name -> tensors.put(name, parameters.get(name)));
        Map<String, String> words = new LinkedHashMap<>();
        Recipe.of(model.untrained(), library).ifPresent(recipe -> words.put(NETWORK, recipe));
        Recipe.of(model.prediction().score(), library)
                .filter(recipe -> model.prediction().input().isEmpty())
                .ifPresent(recipe -> words.put(PREDICT, recipe));
        model.process()
                .origin()
                .flatMap(origin -> Recipe.of(origin, library))
                .ifPresent(recipe -> words.put(PROCESS, recipe));
        words.put(SHAPE, text(model.sampleShape().orElseThrow()));
        words.put(NAMES, String.join(" ", parameters.names()));
        double[] losses =
                model.losses().stream().mapToDouble(Double::doubleValue).toArray();
        try (Tensor past = backend.tensor(DType.FLOAT64, Shape.of(losses.length), losses)) {
            tensors.put(LOSSES, past);
            new Safetensors(tensors, words).write(file);
        }
    }

    private static String text(Shape shape) {
        return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    static Value load(Call call) {
        Path file = call.session().input(call.text("file"));
        FileFault.requireReadable(file);
        Safetensors saved = Safetensors.read(call.session().backend(), file);
        Map<String, Tensor> tensors = new LinkedHashMap<>(saved.tensors());
        Tensor past = tensors.remove(LOSSES);
        Parameters parameters = new Parameters(call.session().backend());
        try {
            if (past == null || !saved.metadata().keySet().containsAll(List.of(SHAPE, NAMES))) {
                throw Diagnostic.error("E0870", call.span(), file + " does not hold a model")
                        .help("`save(score, \"score.safetensors\")` writes one")
                        .raise();
            }
            List<Double> losses = Arrays.stream(past.toDoubles()).boxed().toList();
            Map<String, String> words = saved.metadata();
            ModelValue model = new ModelValue(
                    network(call, words, file),
                    parameters,
                    process(call, words, file),
                    prediction(call, words, file),
                    new Shape(Arrays.stream(words.get(SHAPE).split(" "))
                            .map(Long::valueOf)
                            .toList()),
                    losses);
            for (String name : words.get(NAMES).split(" ")) {
                parameters.adopt(name, tensors.remove(name));
            }
            call.session().own(model);
            return model;
        } finally {
            List<Tensor> rest = new ArrayList<>(tensors.values());
            rest.forEach(Tensor::close);
            if (past != null) {
                past.close();
            }
        }
    }

    private static Callable network(Call call, Map<String, String> words, Path file) {
        if (call.given(NETWORK).isPresent()) {
            return call.callable(NETWORK);
        }
        return Optional.ofNullable(words.get(NETWORK))
                .flatMap(recipe -> Recipe.read(recipe, call.interpreter().root()))
                .orElseThrow(
                        () -> missing(call, file, "its network is of the script that trained it", "network = net()"));
    }

    private static ProcessValue process(Call call, Map<String, String> words, Path file) {
        if (call.given(PROCESS).isPresent()) {
            return call.process(PROCESS);
        }
        return Optional.ofNullable(words.get(PROCESS))
                .flatMap(recipe -> Recipe.read(recipe, call.interpreter().root()))
                .map(declared -> (ProcessValue) call.interpreter().call(declared, Arguments.of(call.span())))
                .orElseThrow(() -> missing(
                        call, file, "its process is not one of the standard library as it stands", "process = mine()"));
    }

    private static Prediction prediction(Call call, Map<String, String> words, Path file) {
        if (call.given(PREDICT).isPresent()) {
            return Prediction.of(call);
        }
        return Optional.ofNullable(words.get(PREDICT))
                .flatMap(recipe -> Recipe.read(recipe, call.interpreter().root()))
                .map(Prediction::new)
                .orElseThrow(() ->
                        missing(call, file, "what its network predicts is not said by a name", "predict = karras()"));
    }

    private static SdeError missing(Call call, Path file, String why, String remedy) {
        return Diagnostic.error("E0871", call.span(), file + " does not say all of the model: " + why)
                .help("give it: `load(\"" + file.getFileName() + "\", " + remedy + ")`")
                .raise();
    }
}
