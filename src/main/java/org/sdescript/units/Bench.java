package org.sdescript.units;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sdescript.backend.Execution;
import org.sdescript.data.PartFile;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.files.OutputFolders;
import org.sdescript.parcel.Parcel;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.UnitJob;
import org.sdescript.runtime.UnitResult;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.Version;
import org.sdescript.runtime.WorkUnit;

/** A job as it was unpacked, with an interpreter of its own; runs one unit at a time. */
final class Bench implements AutoCloseable {
    private static final int MOST_NOTES = 100;

    private final Session session;
    private final Interpreter interpreter;
    private final Environment names;
    private final UnitJob job;
    private final Map<String, String> words;
    private final Notes notes = new Notes();

    Bench(Workshop.Order order, byte[] parcel, Function<Session, Interpreter> interpreters) {
        words = order.settings();
        session = new Session(settings(order), notes, folders(order), null);
        try {
            requireSameVersion();
            session.log().continueAfter(Long.parseLong(words.getOrDefault("trained", "0")));
            interpreter = interpreters.apply(session);
            names = interpreter.root().module();
            UnitJob unpacked = PackedJob.job(Parcel.of(parcel), interpreter);
            job = unpacked;
            // what the job holds lives as long as the session, which frees it
            names.keep(() -> held(unpacked));
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }

    private static List<Value> held(UnitJob job) {
        List<Value> held = new ArrayList<>(job.arguments().positional());
        held.addAll(job.arguments().named().values());
        held.add(job.work());
        return held;
    }

    /** Throws if the driver has another sde: its library would be read with other eyes. */
    private void requireSameVersion() {
        String theirs = word(words, "version");
        if (!theirs.equals(Version.current())) {
            throw new IllegalStateException(
                    "the driver has sde " + theirs + ", and this machine has " + Version.current());
        }
    }

    private static OutputFolders folders(Workshop.Order order) {
        if (order.folder() == null) {
            return OutputFolders.of(scratch());
        }
        List<Path> further = Stream.of(
                        order.settings().getOrDefault("write", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
        return new OutputFolders(Path.of(order.folder()), further);
    }

    private static Settings settings(Workshop.Order order) {
        Map<String, String> words = order.settings();
        return new Settings(
                order.device(),
                Precision.named(word(words, "precision")).orElseThrow(),
                Long.parseLong(word(words, "seed")),
                order.threads(),
                Execution.named(word(words, "execution")).orElseThrow(),
                Boolean.parseBoolean(words.getOrDefault("eventFiles", "false")),
                ClusterSettings.NONE);
    }

    private static String word(Map<String, String> words, String name) {
        return Objects.requireNonNull(words.get(name), name);
    }

    /** The folder of files that the script's functions may write here; it goes with the process. */
    private static Path scratch() {
        try {
            Path folder = Files.createTempDirectory("sde-unit");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException failure) {
            throw FileFault.writing(Path.of(System.getProperty("java.io.tmpdir")), failure);
        }
    }

    /**
     * Runs a unit as a run of its own, so that nothing of the units before is left; an error of the script is a reply too,
     * since another try would end in it again.
     */
    byte[] run(Workshop.Order order) {
        return session.asRun(
                session.folders().run(),
                session.settings().seed(),
                false,
                () -> reply(order, unit -> job.run(interpreter, unit)));
    }

    /**
     * Runs the only unit of a job as a replica of one training.
     *
     * @param again true if the replicas were started before: a training with a checkpoint goes on from it
     */
    byte[] run(Workshop.Order order, Replica replica, boolean again) {
        if (again) {
            session.resumeTrainings();
        }
        return session.during(replica, () -> reply(order, unit -> replica.joined(() -> job.call(interpreter, unit))));
    }

    private byte[] reply(Workshop.Order order, Function<WorkUnit, UnitResult> work) {
        notes.lines.clear();
        session.backend().enterThread();
        session.sampling().begin(Long.parseLong(word(words, "samplings")), Long.parseLong(word(words, "trainings")));
        return interpreter.entry(job.span(), names, () -> {
            try {
                WorkUnit unit = PackedJob.unit(order.unit(), interpreter);
                UnitResult result = work.apply(unit);
                if (order.parts() != null) {
                    LostSamples.note(unit, result.value(), job.span(), interpreter);
                    PartFile.Written part = PartFile.write(Path.of(order.parts()), unit.number(), result.value());
                    return UnitReply.of(part, result.evaluations(), notes.lines, interpreter);
                }
                return UnitReply.of(result, notes.lines, interpreter);
            } catch (SdeError error) {
                return UnitReply.of(error, notes.lines, interpreter);
            }
        });
    }

    boolean isStopped() {
        return session.stop().isRequested();
    }

    /** Stops the present unit at its next step; called by any thread. */
    void stop() {
        session.stop().request();
    }

    @Override
    public void close() {
        session.close();
    }

    /** Keeps the notes of a unit for its reply. */
    private static final class Notes implements Console {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void line(String text) {
            note(text);
        }

        @Override
        public void note(String text) {
            if (lines.size() < MOST_NOTES) {
                lines.add(text);
            }
        }

        @Override
        public Progress progress(String title, long total) {
            return Progress.UNSEEN;
        }
    }
}
