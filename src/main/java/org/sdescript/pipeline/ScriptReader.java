package org.sdescript.pipeline;

import java.nio.file.Path;
import org.sdescript.source.Source;

/** Reads scripts and imported files: from the disk, or first from the open texts of an editor. */
@FunctionalInterface
public interface ScriptReader {
    ScriptReader DISK = ScriptFile::read;

    /** Returns the text of a file; throws a diagnostic if the file cannot be read. */
    Source read(Path file);
}
