package org.sdescript.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FolderLock;
import org.sdescript.files.OutputFolders;
import org.sdescript.files.ReadingFolder;

/** The places that a run reads from and writes to, and its locks on folders. */
public final class RunFolders implements AutoCloseable {
    private final @Nullable Path inputs;
    private final List<FolderLock> locks = new ArrayList<>();
    private OutputFolders outputs;
    private UnaryOperator<OutputFolders> beforeFirstFile = UnaryOperator.identity();
    private boolean hasOutput;
    private @Nullable ReadingFolder reading;

    /** @param inputs a folder searched for input files after the working directory; may be null */
    RunFolders(OutputFolders outputs, @Nullable Path inputs) {
        this.outputs = outputs;
        this.inputs = inputs;
    }

    /** Returns the run's output folder; a script may name another folder that the user has allowed. */
    public Path run() {
        return outputs.run();
    }

    /** Runs work whose files lie in another folder. */
    <T> T during(Path folder, Supplier<T> work) {
        OutputFolders outer = outputs;
        outputs = outputs.at(folder);
        try {
            return work.get();
        } finally {
            outputs = outer;
        }
    }

    /** Sets the folders besides the run's own that files may be written to from now on. */
    public void allowWriting(List<Path> allowed) {
        outputs = outputs.only(allowed);
    }

    /** Registers a function that decides the output folders before the first file is written. */
    public void beforeFirstFile(UnaryOperator<OutputFolders> settle) {
        beforeFirstFile = settle;
    }

    /** Limits what is read from now on to the files of a folder, from which relative names start; nothing is downloaded. */
    public void readOnlyBelow(ReadingFolder folder) {
        reading = folder;
    }

    /** True if files outside of the run's folder, such as a cache of downloads, may be read. */
    public boolean readsElsewhere() {
        return reading == null;
    }

    /** Resolves the name of an input file: a relative name first in the working directory, then beside the script. */
    public Path input(String name) {
        if (reading != null) {
            return reading.resolve(Path.of(name));
        }
        Path here = Path.of(name);
        if (here.isAbsolute() || Files.exists(here) || inputs == null) {
            return here;
        }
        Path beside = inputs.resolve(name);
        return Files.exists(beside) || !hasFolder(here) && hasFolder(beside) ? beside : here;
    }

    /** True if the folder of a missing file exists; the error then names this path. */
    private static boolean hasFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.isDirectory(folder);
    }

    /** Returns the path of an output file; throws if the user has not allowed the path. */
    public Path output(String name) {
        return outputs().resolve(name);
    }

    /** Returns the folders that files are written to, decided by now. */
    public OutputFolders outputs() {
        if (!hasOutput) {
            hasOutput = true;
            outputs = beforeFirstFile.apply(outputs);
        }
        return outputs;
    }

    /** Returns a folder that is written repeatedly; a folder outside the run's folder is locked. */
    public Path outputFolder(String name) {
        Path path = output(name);
        AtomicFile.requireFolder(path);
        if (!outputs.isInRun(path)) {
            lock(path, "wait until it is done, or name another folder");
        }
        return path;
    }

    /** Locks a folder until the run ends. */
    public void lock(Path folder, String remedy) {
        if (locks.stream().noneMatch(lock -> lock.isOn(folder))) {
            FolderLock.of(folder, remedy).ifPresent(locks::add);
        }
    }

    @Override
    public void close() {
        locks.forEach(FolderLock::close);
    }
}
