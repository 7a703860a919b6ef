package org.sdescript.learn;

import java.util.List;
import org.sdescript.check.Kind;
import org.sdescript.check.ParameterType;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Value;

/** Functions that read and write model files, for later runs and for Python. */
public final class ModelFiles implements BuiltinLibrary {
    /** File name extensions of exported modules. */
    public static final FileExtensions TORCHSCRIPT =
            new FileExtensions("E0791", "TorchScript is not saved as ", List.of(".pt", ".pth"));

    @Override
    public Chapter theme() {
        return Chapter.TRAINING;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(load(), export(), importNetwork());
    }

    private static Builtin load() {
        return Builtin.named("load", "file")
                .onHost()
                .option("network", Value.None.NONE)
                .option("process", Value.None.NONE)
                .option("predict", Value.None.NONE)
                .wants("file", ParameterType.A_STRING)
                .gives(Kind.MODEL)
                .doc("A model saved by `save(score, \"score.safetensors\")`. The file names a network, process and"
                        + " prediction of the standard library; those that a script declares must be given again, as to"
                        + " `train`.")
                .example(
                        "score = train(mlp(hidden = 16), moons(64), VP(), steps = 2, batch = 16)\nscore = load(save(score, \"score.safetensors\"))\nprint(len(score.losses))  # 2")
                .is(ModelFile::load);
    }

    private static Builtin importNetwork() {
        return Builtin.named("import_network", "file")
                .onHost()
                .optional("process", Value.None.NONE)
                .option("predict", Value.text("noise"))
                .option("labels", Value.Bool.FALSE)
                .option("shape", Value.None.NONE)
                .wants("file", ParameterType.A_STRING)
                .wants("labels", ParameterType.A_BOOLEAN)
                .gives(Kind.MODEL)
                .doc("A score whose network is a TorchScript file, saved by Python with `torch.jit.save`. The"
                        + " module's method forward takes x [n, …] and t [n] and, with `labels = true`, labels [n]; the"
                        + " output has the shape of x. `predict` is the meaning of the output for the process, as in"
                        + " `train`. With `shape`, the shape of one sample, `sample` needs no shape. The gradient by x"
                        + " can be taken once.")
                .example(
                        "file = export((x, t) -> x, \"net.pt\", shape = [2])\nscore = import_network(file, VP(), predict = \"score\", shape = [2])\nprint(score(tensor([[1, 2]]), 0.5))  # tensor([[1, 2]])")
                .is(ImportedNetwork::of);
    }

    private static Builtin export() {
        return Builtin.named("export", "score", "file")
                .onHost()
                .option("shape", Value.None.NONE)
                .wants("score", ParameterType.SCORE)
                .wants("file", ParameterType.A_STRING)
                .doc("Writes a score to a TorchScript file (.pt) in the run's folder, which Python runs without"
                        + " sde: `torch.jit.load(file)(x, t)`. Labels are a third argument if the network takes labels"
                        + " and the score has none fixed. t is one time, or one for each sample. `shape` is the shape"
                        + " of one sample; a trained model knows it. PyTorch 1.13 and later read the file. `sde export`"
                        + " in the shell does the same with a saved model.")
                .example("export(normal().score(VP()), \"normal.pt\", shape = [2])")
                .is(Export::of);
    }
}
