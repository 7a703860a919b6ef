package org.sdescript.units;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sdescript.data.PartFile;
import org.sdescript.data.PartFolder;
import org.sdescript.data.PartsData;
import org.sdescript.data.PartsJob;
import org.sdescript.parcel.Parcel;
import org.sdescript.runtime.Cluster;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.UnitJob;
import org.sdescript.runtime.UnitResult;
import org.sdescript.runtime.UnitRunner;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.Version;
import org.sdescript.runtime.WorkUnit;
import org.sdescript.source.Span;

/** Runs work in units: on the cluster of the session if there is one, else one after the other in this process. */
public final class Units implements UnitRunner {
    private final Interpreter interpreter;

    public Units(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    @Override
    public boolean isShared() {
        return cluster().isPresent();
    }

    @Override
    public void run(UnitJob job, List<WorkUnit> units, BiConsumer<WorkUnit, UnitResult> results) {
        Optional<Cluster> cluster = cluster();
        if (cluster.isPresent()) {
            share(cluster.get(), job, units, results);
        } else {
            units.forEach(unit ->
                    results.accept(unit, interpreter.session().sampling().inUnit(unit.number(), () -> job.here()
                            .apply(unit))));
        }
    }

    @Override
    public UnitResult runInto(String folder, UnitJob job, List<WorkUnit> units, Span place) {
        Session session = interpreter.session();
        Path path = session.folders().outputFolder(folder);
        Evaluations most = new Evaluations();
        PartFolder parts = PartFolder.open(path, about(job, units), place);
        try (parts) {
            parts.notes().forEach(session.console()::note);
            Set<Integer> open = parts.missing();
            List<WorkUnit> missing =
                    units.stream().filter(unit -> open.contains(unit.number())).toList();
            if (missing.size() < units.size()) {
                session.console()
                        .note(units.size() - missing.size() + " of " + units.size() + " parts were done before in "
                                + path);
            }
            if (!missing.isEmpty()) {
                runParts(job, missing, path, (written, evaluations) -> {
                    parts.done(written);
                    most.see(evaluations);
                });
            }
        }
        session.log().wrote(path);
        return new UnitResult(PartsData.of(parts, session, place), most.most);
    }

    private static final class Evaluations {
        private long most;

        void see(long evaluations) {
            most = Math.max(most, evaluations);
        }
    }

    private void runParts(UnitJob job, List<WorkUnit> missing, Path path, PartReceiver done) {
        Optional<Cluster> cluster = cluster();
        if (cluster.isEmpty()) {
            for (WorkUnit unit : missing) {
                interpreter.keepingOnlyResult(() -> {
                    UnitResult result = interpreter.session().sampling().inUnit(unit.number(), () -> job.here()
                            .apply(unit));
                    LostSamples.note(unit, result.value(), job.span(), interpreter);
                    done.came(PartFile.write(path, unit.number(), result.value()), result.evaluations());
                    return Value.None.NONE;
                });
            }
            return;
        }
        cluster.get()
                .run(
                        packed(job, missing, path.toAbsolutePath().toString()),
                        interpreter.session(),
                        (unit, reply) -> done.came(
                                UnitReply.part(reply, interpreter), UnitReply.evaluations(reply, interpreter)));
    }

    /** Receives a part that was written. */
    @FunctionalInterface
    private interface PartReceiver {
        void came(PartFile.Written written, long evaluations);
    }

    private PartsJob about(UnitJob job, List<WorkUnit> units) {
        Session session = interpreter.session();
        SortedMap<String, String> versions = new TreeMap<>(session.backend().versions());
        versions.put("sde", Version.current());
        return new PartsJob(
                job.title(),
                PackedJob.of(job, interpreter).hash() + " " + settings(session),
                versions,
                session.settings().seed(),
                units.stream().mapToLong(WorkUnit::count).sum(),
                units.getFirst().count());
    }

    /** The work of samplers, of kernels and of derivatives under way stays in this process. */
    private Optional<Cluster> cluster() {
        boolean isInner = interpreter.tracer() != null
                || interpreter.kernels().isRecording()
                || interpreter.session().sampling().isDrawing();
        return isInner ? Optional.empty() : interpreter.session().cluster();
    }

    private void share(Cluster cluster, UnitJob job, List<WorkUnit> units, BiConsumer<WorkUnit, UnitResult> results) {
        cluster.run(
                packed(job, units, null),
                interpreter.session(),
                (unit, reply) -> results.accept(units.get(unit), UnitReply.result(reply, interpreter)));
    }

    @Override
    public UnitResult runTogether(UnitJob job, int workers) {
        Session session = interpreter.session();
        String folder = session.folders().outputs().run().toAbsolutePath().toString();
        Cluster.Job packed = packed(job, List.of(new WorkUnit(0, 0, 1, List.of())), null);
        packed.settings().put("trained", String.valueOf(session.log().trainings()));
        packed.settings().put("eventFiles", String.valueOf(session.settings().eventFiles()));
        packed.settings()
                .put(
                        "write",
                        session.folders().outputs().further().stream()
                                .map(each -> each.toAbsolutePath().toString())
                                .collect(Collectors.joining(File.pathSeparator)));
        byte[] reply = session.cluster().orElseThrow().runTogether(packed, workers, folder, session);
        return UnitReply.result(reply, interpreter);
    }

    /** @param parts the folder that takes the results, or null if they are returned */
    private Cluster.Job packed(UnitJob job, List<WorkUnit> units, @Nullable String parts) {
        Parcel parcel = PackedJob.of(job, interpreter);
        Map<String, String> settings = settings(interpreter.session());
        return new Cluster.Job(
                job.title(),
                parcel.hash() + settings,
                parcel.toBytes(),
                settings,
                units.stream().map(unit -> PackedJob.of(unit, interpreter)).toList(),
                parts,
                parts == null ? job.bytes() : 0);
    }

    /** The settings that the numbers of a unit depend on; the device and the threads are those of its machine. */
    static Map<String, String> settings(Session session) {
        return new TreeMap<>(Map.of(
                "precision", session.settings().precision().toString(),
                "seed", String.valueOf(session.settings().seed()),
                "samplings", String.valueOf(session.sampling().samplings()),
                "trainings", String.valueOf(session.sampling().trainings()),
                "execution", session.settings().execution().toString(),
                "version", Version.current()));
    }
}
