package org.sdescript.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sdescript.files.OutputFolders;
import picocli.CommandLine.Option;

/** The option {@code --write DIR} of every command that runs scripts. */
final class WriteOption {
    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "Another folder that the script may write into; may be given again.")
    private List<Path> folders = new ArrayList<>();

    /** The same option as words of a command line. */
    List<String> words() {
        return folders.stream()
                .flatMap(folder -> Stream.of("--write", folder.toString()))
                .toList();
    }

    OutputFolders with(OutputFolders run) {
        return run.and(folders);
    }

    /** Returns the folder {@code runs/NAME}, which must lie below the working directory, and the further folders. */
    OutputFolders below(String name) {
        return with(OutputFolders.of(Path.of("runs", name)).requireBelow(Path.of("")));
    }
}
