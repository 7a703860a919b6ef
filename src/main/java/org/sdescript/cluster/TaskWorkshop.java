package org.sdescript.cluster;

import java.nio.file.Path;
import java.util.Map;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.units.Workshop;

/** The workshop of a process that runs tasks: one for all of its tasks, so that a parcel is compiled once and kept. */
final class TaskWorkshop {
    private static final class Held {
        private static final Pipeline PIPELINE = new Pipeline();
        private static final Workshop WORKSHOP =
                new Workshop(session -> PIPELINE.bind(Path.of("unit"), ScriptParameters.of(Map.of()), session)
                        .interpreter());
    }

    private TaskWorkshop() {}

    static Workshop present() {
        return Held.WORKSHOP;
    }
}
