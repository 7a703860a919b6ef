package org.sdescript.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileText;
import org.sdescript.source.Span;

/**
 * A finished folder of parts.
 *
 * @param folder the folder
 * @param samples the number of all samples
 * @param batch the number of samples in each part but the last
 * @param arrays the arrays of each part, at least one
 * @param files all parts, in order
 */
record StoredParts(Path folder, long samples, int batch, List<PartArray> arrays, List<PartFile.Written> files) {
    private static final String CODE = "E0767";

    StoredParts {
        arrays = List.copyOf(arrays);
        files = List.copyOf(files);
    }

    /** Throws unless all parts are listed. */
    static StoredParts of(Path folder, PartsManifest manifest, Span place) {
        List<Integer> missing = manifest.missing(Integer.MAX_VALUE);
        if (!missing.isEmpty()) {
            throw Diagnostic.error(
                            CODE,
                            place,
                            "the folder " + folder + " has " + manifest.parts().size() + " of its "
                                    + manifest.job().parts() + " parts")
                    .note("missing: " + PartFolder.names(missing))
                    .help("run what writes them again: it makes the missing parts only")
                    .raise();
        }
        return new StoredParts(
                folder,
                manifest.job().samples(),
                manifest.job().batch(),
                manifest.arrays(),
                new ArrayList<>(manifest.parts().values()));
    }

    /**
     * Reads the list of a folder and looks at its files.
     *
     * @param checksums true to read all files and compare their checksums
     */
    static StoredParts read(Path folder, boolean checksums, Span place) {
        if (!Files.isDirectory(folder) || !PartsManifest.isIn(folder)) {
            throw Diagnostic.error(CODE, place, folder + " is no folder of parts")
                    .note("such a folder has the file " + PartsManifest.FILE)
                    .help("`sample(…, to = \"folder\")` writes parts")
                    .raise();
        }
        StoredParts parts = of(folder, manifest(folder, place), place);
        List<Integer> damaged = parts.files.stream()
                .filter(part -> !(checksums ? PartFile.isWhole(folder, part) : parts.hasSize(part)))
                .map(PartFile.Written::number)
                .toList();
        if (!damaged.isEmpty()) {
            throw Diagnostic.error(
                            CODE,
                            place,
                            "of the " + parts.files.size() + " parts in " + folder + ", " + damaged.size()
                                    + (damaged.size() == 1 ? " is" : " are") + " missing or damaged")
                    .note("not as written: " + PartFolder.names(damaged))
                    .help("run what writes them again: it makes these parts only")
                    .raise();
        }
        return parts;
    }

    private static PartsManifest manifest(Path folder, Span place) {
        try {
            return PartsManifest.read(folder);
        } catch (IOException damaged) {
            throw PartFolder.damaged(folder, damaged, place)
                    .help("delete the folder, and write the parts again")
                    .raise();
        }
    }

    private boolean hasSize(PartFile.Written part) {
        try {
            return PartFile.hasSize(path(part), part.bytes());
        } catch (IOException unreadable) {
            return false;
        }
    }

    Path path(PartFile.Written part) {
        return folder.resolve(PartFile.name(part.number()));
    }

    /** The number of the part with a sample. */
    int part(long sample) {
        return (int) (sample / batch);
    }

    /** Returns the error for a file that is not as it was written. */
    SdeError damaged(PartFile.Written part, @Nullable IOException why) {
        Diagnostic error = Diagnostic.error(CODE, null, "the part " + path(part) + " is missing or damaged");
        String reason = why == null ? null : why.getMessage();
        return (reason == null ? error : error.note(FileText.shown(reason, 200)))
                .help("run what writes it again: it makes this part only")
                .raise();
    }

    /** Returns true if the parts have the states of a system, not one tensor. */
    boolean isSystem() {
        return arrays.size() > 1 || !arrays.getFirst().name().equals(PartFile.ALONE);
    }

    /** Writes the shapes of so many samples: {@code [n, 2]}, or {@code {x: [n, 2], v: [n, 2]}}. */
    String shapes(long count) {
        return isSystem()
                ? arrays.stream()
                        .map(array -> array.name() + ": " + array.shape(count))
                        .collect(Collectors.joining(", ", "{", "}"))
                : arrays.getFirst().shape(count).toString();
    }
}
