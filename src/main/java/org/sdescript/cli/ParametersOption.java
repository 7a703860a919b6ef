package org.sdescript.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.Value;
import picocli.CommandLine.Option;

/** The option {@code --parameters FILE} of {@code run} and {@code sweep}. */
final class ParametersOption {
    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description = "A .json file with values of the script's params; options replace them.")
    private @Nullable Path file;

    /** Returns the values in the file; none without the option. */
    Map<String, Value> values() {
        return ScriptOptions.values(file);
    }

    /** The same option as words of a command line. */
    List<String> words() {
        return file == null ? List.of() : List.of("--parameters", file.toString());
    }
}
