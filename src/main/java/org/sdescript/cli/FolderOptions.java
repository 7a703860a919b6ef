package org.sdescript.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sdescript.files.OutputFolders;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options {@code --out DIR} and {@code --write DIR}: the folders for the files of a session. */
final class FolderOptions {
    @Option(names = "--out", paramLabel = "DIR", description = "The folder for files; if not given, one below runs/.")
    private @Nullable Path out;

    @Mixin
    private WriteOption write = new WriteOption();

    /** Returns the folders. Without {@code --out} the folder is {@code runs/NAME}, below the working directory. */
    OutputFolders folders(String name) {
        return out == null ? write.below(name) : write.with(OutputFolders.of(out));
    }
}
