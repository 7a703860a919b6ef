package org.sdescript.units;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.sdescript.parcel.Parcel;
import org.sdescript.runtime.Cluster;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.UnitJob;
import org.sdescript.runtime.UnitResult;
import org.sdescript.runtime.UnitRunner;
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
            units.forEach(unit -> results.accept(unit, job.here().apply(unit)));
        }
    }

    @Override
    public UnitResult runInto(String folder, UnitJob job, List<WorkUnit> units, Span place) {
        throw new UnsupportedOperationException();
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
                packed(job, units),
                interpreter.session(),
                (unit, reply) -> results.accept(units.get(unit), UnitReply.result(reply, interpreter)));
    }

    @Override
    public UnitResult runTogether(UnitJob job, int workers) {
        Session session = interpreter.session();
        String folder = session.folders().run().toAbsolutePath().toString();
        Cluster.Job packed = packed(job, List.of(new WorkUnit(0, 0, 1, List.of())));
        byte[] reply = session.cluster().orElseThrow().runTogether(packed, workers, folder, session);
        return UnitReply.result(reply, interpreter);
    }

    private Cluster.Job packed(UnitJob job, List<WorkUnit> units) {
        Parcel parcel = PackedJob.of(job, interpreter);
        Map<String, String> settings = settings(interpreter.session());
        return new Cluster.Job(
                job.title(),
                parcel.hash() + settings,
                parcel.toBytes(),
                settings,
                units.stream().map(unit -> PackedJob.of(unit, interpreter)).toList(),
                null,
                job.bytes());
    }

    /** The settings that the numbers of a unit depend on; the device and the threads are those of its machine. */
    static Map<String, String> settings(Session session) {
        return new TreeMap<>(Map.of(
                "precision", session.settings().precision().toString(),
                "seed", String.valueOf(session.settings().seed()),
                "trainings", String.valueOf(session.sampling().trainings()),
                "execution", session.settings().execution().toString()));
    }
}
