package org.sdescript.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Cluster;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** Scripts that run in sessions of their own on one cluster, which outlives them. */
@NullMarked
final class ClusterRuns {
    /** The lines and notes of a run. */
    record Run(List<String> lines, List<String> notes) {
        double[] numbers() {
            return lines.stream().mapToDouble(Double::parseDouble).toArray();
        }
    }

    private ClusterRuns() {}

    /** Runs a script in a folder; without a cluster if there is none. */
    static Run run(String text, Path folder, @Nullable Cluster cluster) {
        return run(text, folder, cluster, session -> {});
    }

    /** @param begun receives the session before the script runs */
    static Run run(String text, Path folder, @Nullable Cluster cluster, Consumer<Session> begun) {
        RecordedConsole console = new RecordedConsole();
        Source source = new Source(folder.resolve("script.sde").toString(), text);
        try (Session session = new Session(Settings.standard().threads(1), console, folder, folder)) {
            if (cluster != null) {
                session.shareWith(new Kept(cluster));
            }
            begun.accept(session);
            Script.PIPELINE.run(
                    Script.PIPELINE.program(source), Path.of(source.name()), ScriptParameters.of(Map.of()), session);
        }
        return new Run(console.lines(), console.notes());
    }

    /** A cluster that a session does not close. */
    private record Kept(Cluster cluster) implements Cluster {
        @Override
        public String master() {
            return cluster.master();
        }

        @Override
        public int ping(int tasks) {
            return cluster.ping(tasks);
        }

        @Override
        public void run(Job job, Session session, Replies replies) {
            cluster.run(job, session, replies);
        }

        @Override
        public byte[] runTogether(Job job, int workers, String folder, Session session) {
            return cluster.runTogether(job, workers, folder, session);
        }

        @Override
        public void close() {}
    }
}
