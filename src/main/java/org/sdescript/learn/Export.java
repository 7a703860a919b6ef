package org.sdescript.learn;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.graph.Shape;
import org.sdescript.onnx.OnnxModel;
import org.sdescript.onnx.OnnxProgram;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.process.ConditionedProcess;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.torchscript.Archive;
import org.sdescript.torchscript.ModuleSource;

/** Writes a score, a network or a step of sampling to a file for other programs: TorchScript or ONNX, by the extension. */
final class Export {
    /**
     * Batch sizes for the trace. The first prime that divides no size of a sample is used, so that sizes that scale
     * with the batch can be recognised.
     */
    private static final long[] PRIMES = {997, 1009, 1013, 1019, 1021, 1031};

    private final Call call;
    private final Callable score;
    private final @Nullable Callable step;
    private final ExportRefusal refusal;
    private final Shape sample;

    private Export(Call call) {
        this.call = call;
        this.score = call.callable("score");
        this.step = call.given("step").map(given -> call.callable("step")).orElse(null);
        this.refusal = new ExportRefusal(call, step == null ? score.show() : step.show());
        this.sample = call.given("shape")
                .map(shape -> call.shape("shape"))
                .or(score::sampleShape)
                .orElseThrow(() -> call.diagnostic("E0790", "export needs the shape of a sample")
                        .help("give it: `export(score, \"score.pt\", shape = [2])`")
                        .raise());
    }

    static Value of(Call call) {
        String name = call.text("file");
        require(ModelFiles.EXPORTED, name, call);
        boolean isOnnx = ModelFiles.ONNX.refused(name, call.span()).isEmpty();
        if (call.given("step").isPresent()) {
            require(ModelFiles.ONNX, name, call);
        }
        Path path = call.session().folders().output(name);
        Export export = new Export(call);
        if (isOnnx) {
            OnnxProgram program = export.program();
            AtomicFile.write(path, out -> OnnxModel.write(program, out));
        } else {
            ModuleSource module =
                    TorchScriptExport.of(export.function(), Kernels.of(call.interpreter()), export.refusal);
            AtomicFile.write(path, out -> Archive.write(module, out));
        }
        call.session().log().wrote(path);
        return Value.text(path.toString());
    }

    private static void require(FileExtensions endings, String name, Call call) {
        endings.refused(name, call.span()).ifPresent(refusal -> {
            throw refusal.raise();
        });
    }

    private OnnxProgram program() {
        ExportedFunction function = function();
        boolean isScore = !score.scoreSources().isEmpty();
        Map<String, String> metadata = ExportMetadata.of(score, step, process(), sample, isScore);
        return OnnxExport.of(function, Kernels.of(call.interpreter()), refusal, metadata);
    }

    private ExportedFunction function() {
        return step == null ? ExportedFunction.ofScore(call, refusal, score, sample, batch()) : step(step);
    }

    private ExportedFunction step(Callable step) {
        ProcessValue process = process()
                .orElseThrow(() -> call.diagnostic("E0793", "a step needs the process of the score")
                        .help("give it: `export(score, \"step.onnx\", step = ode_heun, process = VP())`")
                        .raise());
        ConditionedProcess conditioned = ConditionedProcess.of(process, score, call.interpreter(), call.span());
        conditioned.requireSame(call.span());
        ExportedFunction.requireBoundProcess(score, refusal);
        return ExportedStep.of(call, refusal, step, conditioned.process(), score, sample, batch());
    }

    private Optional<ProcessValue> process() {
        return call.given("process")
                .map(given -> ProcessValue.argument(call, "process"))
                .or(() -> ExportedFunction.processOf(score));
    }

    private long batch() {
        return LongStream.of(PRIMES)
                .filter(prime -> sample.sizes().stream().noneMatch(size -> size % prime == 0))
                .findFirst()
                .orElseThrow(() -> tooManySizes());
    }

    private SdeError tooManySizes() {
        return refusal.because("its samples are of shape " + sample);
    }
}
