package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;

/** Functions that read and write model files, for later runs and for Python. */
public final class ModelFiles implements BuiltinLibrary {
    /** File name extensions of exported modules. */
    public static final FileExtensions TORCHSCRIPT =
            new FileExtensions("E0791", "TorchScript is not saved as ", List.of(".pt", ".pth"));

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("load", Builtin.onHost(ModelFile::load)),
                Map.entry("export", Builtin.onHost(Export::of)),
                Map.entry("import_network", Builtin.onHost(ImportedNetwork::of)));
    }
}
