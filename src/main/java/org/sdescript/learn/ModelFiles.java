package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.check.Kind;
import org.sdescript.check.StaticValue;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;

/** Functions that read and write model files, for later runs and for Python. */
public final class ModelFiles implements BuiltinLibrary {
    private static final String NOT_EXPORTED = "E0791";

    /** File name extensions of exported scores: TorchScript and ONNX. */
    public static final FileExtensions EXPORTED =
            new FileExtensions(NOT_EXPORTED, "a score is not exported as ", List.of(".pt", ".pth", ".onnx"));

    /** The file name extension of exported steps of sampling. */
    public static final FileExtensions ONNX =
            new FileExtensions(NOT_EXPORTED, "a step of sampling is not exported as ", List.of(".onnx"));

    /** Returns the endings of an export's file for what is known of its step before the run. */
    public static FileExtensions exported(Optional<StaticValue> step) {
        return step.filter(known -> known.kind() != Kind.NONE).isPresent() ? ONNX : EXPORTED;
    }

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("load", Builtin.onHost(ModelFile::load)),
                Map.entry("export", Builtin.onHost(Export::of)),
                Map.entry("import_network", Builtin.onHost(ImportedNetwork::of)));
    }
}
