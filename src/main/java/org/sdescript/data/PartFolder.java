package org.sdescript.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;
import org.sdescript.files.FileText;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.source.Span;

/**
 * A folder in which a result is written in parts, by several processes that share the disk. One process, the owner of
 * this object, lists the finished parts in {@link PartsManifest}; a run that stopped midway goes on with the others. The
 * caller has locked the folder. Calls from several threads are safe.
 *
 * <pre>
 * E0764  the folder holds parts of another job
 * E0765  the list of the parts is damaged, or missing beside parts
 * E0768  a part that another machine wrote does not appear in the folder
 * </pre>
 */
public final class PartFolder implements AutoCloseable {
    /** The list is written at most once in this time: it grows with the parts, and each of them would write it anew. */
    private static final long BETWEEN_WRITES = TimeUnit.SECONDS.toNanos(2);

    /**
     * The wait for a part of another machine. Clients of NFS cache the content of a folder for up to 60 s (acdirmax in
     * nfs(5)).
     */
    private static final long UNTIL_VISIBLE = TimeUnit.SECONDS.toNanos(60);

    private static final long BETWEEN_LOOKS = 100;

    /** Notes name so many parts, which fit into a line. */
    private static final int NAMED = 5;

    private final Path folder;
    private final PartsJob job;
    private final Span place;
    private final long patience;
    private final List<String> notes = new ArrayList<>();
    private final SortedMap<Integer, PartFile.Written> parts = new TreeMap<>();
    private List<PartArray> arrays = List.of();
    private long written;
    private boolean changed;

    private PartFolder(Path folder, PartsJob job, Span place, long patience) {
        this.folder = folder;
        this.job = job;
        this.place = place;
        this.patience = patience;
    }

    /**
     * Creates a folder for a job, or goes on with the parts that the folder has. Reads all of these parts to check them.
     *
     * @param folder the folder, an absolute path or relative to the working directory
     * @param about what the parts are the result of
     * @param place the place of errors
     */
    public static PartFolder open(Path folder, PartsJob about, Span place) {
        return open(folder, about, place, UNTIL_VISIBLE);
    }

    /** @param patience the wait for a part of another machine, in nanoseconds */
    static PartFolder open(Path folder, PartsJob about, Span place, long patience) {
        AtomicFile.requireFolder(folder);
        PartFolder opened = new PartFolder(folder, about, place, patience);
        SortedSet<Integer> present = present(folder);
        if (!present.isEmpty()) {
            opened.goOn(present);
        }
        opened.writeManifest();
        return opened;
    }

    /** Returns the numbers of the parts whose files are in the folder, by the list of the folder. */
    private static SortedSet<Integer> present(Path folder) {
        SortedSet<Integer> present = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> PartFile.number(file.getFileName().toString()))
                    .flatMapToInt(OptionalInt::stream)
                    .forEach(present::add);
        } catch (IOException failure) {
            throw FileFault.reading(folder, failure);
        }
        return present;
    }

    private void goOn(SortedSet<Integer> present) {
        PartsManifest before = manifest(present.size());
        List<String> differences = before.job().differences(job);
        if (!differences.isEmpty()) {
            throw another(differences, present.size());
        }
        arrays = before.arrays();
        List<Integer> lost = new ArrayList<>();
        for (PartFile.Written part : before.parts().values()) {
            if (PartFile.isWhole(folder, part)) {
                parts.put(part.number(), part);
            } else {
                lost.add(part.number());
            }
        }
        List<Integer> found = new ArrayList<>();
        List<Integer> damaged = new ArrayList<>();
        for (int part : present.headSet(job.parts())) {
            if (!before.parts().containsKey(part)) {
                (accept(part) ? found : damaged).add(part);
            }
        }
        note(lost, "missing, or not as they were written; they are made again");
        note(found, "finished without being listed; they are kept");
        note(damaged, "neither listed nor whole; they are made again");
    }

    private PartsManifest manifest(int present) {
        try {
            if (!PartsManifest.isIn(folder)) {
                throw new IOException("it is missing");
            }
            return PartsManifest.read(folder);
        } catch (IOException damaged) {
            throw damaged(folder, damaged, place)
                    .note("without it nothing says what the " + present + (present == 1 ? " part" : " parts")
                            + " in the folder are the result of")
                    .help("name another folder, or delete this one")
                    .raise();
        }
    }

    /** The error for a list of parts that cannot be read. */
    static Diagnostic damaged(Path folder, IOException why, Span place) {
        return Diagnostic.error(
                        "E0765",
                        place,
                        "the list of the parts in " + folder + ", " + PartsManifest.FILE + ", is damaged")
                .note(reason(why));
    }

    private static String reason(IOException why) {
        String message = why instanceof JsonProcessingException json
                ? "it is no JSON: " + json.getOriginalMessage()
                : String.valueOf(why.getMessage());
        return FileText.shown(message, 200);
    }

    private SdeError another(List<String> differences, int present) {
        Diagnostic error = Diagnostic.error("E0764", place, "the folder " + folder + " holds parts of another job");
        for (String difference : differences) {
            error = error.note(difference);
        }
        return error.help("name another folder; or delete this one with its " + present
                        + (present == 1 ? " part" : " parts"))
                .raise();
    }

    /** Lists a part that no list has, if its file is whole and fits to the others. */
    private boolean accept(int part) {
        Path file = folder.resolve(PartFile.name(part));
        try {
            if (!PartFile.hasSize(file, Files.size(file))) {
                return false;
            }
            StoredNpz npz = StoredNpz.of(file);
            boolean fits = npz.count() == job.count(part)
                    && (arrays.isEmpty() || npz.layout().equals(arrays));
            if (!fits) {
                return false;
            }
            npz.requireWhole();
            arrays = npz.layout();
            parts.put(
                    part,
                    new PartFile.Written(
                            part, PartFile.name(part), Files.size(file), PartFile.sha256(file), job.count(part)));
            return true;
        } catch (IOException damaged) {
            return false;
        }
    }

    private void note(List<Integer> which, String how) {
        if (!which.isEmpty()) {
            notes.add("of the parts in " + folder + ", " + which.size()
                    + (which.size() == 1 ? " is " : " are ")
                    + (which.size() == 1 ? how.replace("they were", "it was").replace("they are", "it is") : how)
                    + ": " + names(which));
        }
    }

    static String names(List<Integer> parts) {
        return parts.stream().limit(NAMED).map(PartFile::name).collect(Collectors.joining(", "))
                + (parts.size() > NAMED ? ", …" : "");
    }

    public Path folder() {
        return folder;
    }

    public PartsJob job() {
        return job;
    }

    /** Returns what was found in a folder that had parts before, a sentence each, for the notes of a run. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns the numbers of the parts that are not finished. */
    public synchronized SortedSet<Integer> missing() {
        SortedSet<Integer> missing = new TreeSet<>(manifest().missing(job.parts()));
        return Collections.unmodifiableSortedSet(missing);
    }

    /**
     * Lists a part that was written into the folder, by this process or by another one.
     *
     * @throws SdeError if the part does not appear in the folder: the other machine has another disk
     */
    public void done(PartFile.Written part) {
        boolean isOurs = part.number() >= 0
                && part.number() < job.parts()
                && part.count() == job.count(part.number())
                && part.file().equals(PartFile.name(part.number()));
        if (!isOurs) {
            throw new IllegalArgumentException(part + " is none of " + job);
        }
        requireVisible(part);
        synchronized (this) {
            if (arrays.isEmpty()) {
                arrays = layout(part);
            }
            PartFile.Written before = parts.put(part.number(), part);
            if (before != null && !before.equals(part) && !PartFile.isWhole(folder, part)) {
                parts.put(part.number(), before); // two processes wrote it, not quite equally, and this one came first
            }
            changed = true;
            if (System.nanoTime() - written >= BETWEEN_WRITES) {
                writeManifest();
            }
        }
    }

    private List<PartArray> layout(PartFile.Written part) {
        Path file = folder.resolve(part.file());
        try {
            return StoredNpz.of(file).layout();
        } catch (IOException failure) {
            throw FileFault.reading(file, failure);
        }
    }

    private void requireVisible(PartFile.Written part) {
        Path file = folder.resolve(part.file());
        long start = System.nanoTime();
        try {
            while (!Files.exists(file) || !PartFile.hasSize(file, part.bytes())) {
                StopRequest.poll();
                if (System.nanoTime() - start >= patience) {
                    throw Diagnostic.error("E0768", place, "a part was written, but is not in the folder: " + file)
                            .note("it was written by another process, which has perhaps another disk under this name")
                            .help("name a folder on a disk that all machines share, by the same path")
                            .raise();
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (IOException failure) {
            throw FileFault.reading(file, failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw FileFault.reading(file, new IOException("interrupted", stop));
        }
    }

    /** Returns the list as it is now. */
    synchronized PartsManifest manifest() {
        return new PartsManifest(job, arrays, new TreeMap<>(parts));
    }

    private synchronized void writeManifest() {
        manifest().write(folder);
        changed = false;
        written = System.nanoTime();
    }

    /** Writes the list; once all parts are finished, removes what killed processes left behind. */
    @Override
    public synchronized void close() {
        if (changed) {
            writeManifest();
        }
        if (parts.size() == job.parts()) {
            removeLeftovers();
        }
    }

    /** Removes temporary files. A process that still writes a part that is finished fails, and its work is not needed. */
    private void removeLeftovers() {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(PartFolder::isLeftover).toList().forEach(PartFolder::remove);
        } catch (IOException unlisted) {
            Thread.yield(); // leftovers do no harm
        }
    }

    private static boolean isLeftover(Path file) {
        String name = file.getFileName().toString();
        int end = name.indexOf(".npz.");
        return AtomicFile.isTemporary(file, PartsManifest.FILE)
                || end > 0
                        && PartFile.number(name.substring(1, end + ".npz".length()))
                                .isPresent()
                        && AtomicFile.isTemporary(file, name.substring(1, end + ".npz".length()));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            Thread.yield(); // a leftover does no harm
        }
    }
}
