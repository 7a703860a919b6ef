package org.sdescript.learn;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.exchange.Exchange;
import org.sdescript.exchange.Rings;
import org.sdescript.exchange.Traffic;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** Scripts that run as replicas of one training, each in a thread with a session of its own, over a loopback ring. */
final class ReplicaRuns {
    private ReplicaRuns() {}

    /** The lines and notes of a replica, and its traffic. */
    record Run(List<String> lines, List<String> notes, Traffic traffic) {
        double[] numbers() {
            return lines.stream().mapToDouble(Double::parseDouble).toArray();
        }
    }

    /** Runs one script in all replicas, whose files lie in one folder. */
    static List<Run> all(int world, String script, Path folder, Settings settings) {
        return Rings.all(world, exchange -> run(exchange, script, folder, settings, session -> {}));
    }

    /** The same with a script for each rank, and the failures of all. */
    static List<Rings.Outcome<Run>> outcomes(int world, IntFunction<String> scripts, Path folder, Settings settings) {
        return Rings.outcomes(
                world,
                Rings.PATIENT,
                exchange -> run(exchange, scripts.apply(exchange.rank()), folder, settings, session -> {}));
    }

    /** @param begun called with the session before the script runs */
    static Run run(Exchange exchange, String script, Path folder, Settings settings, Consumer<Session> begun) {
        RecordedConsole console = new RecordedConsole();
        Source source = new Source(folder.resolve("script.sde").toString(), script);
        try (Session session = new Session(settings, console, folder, folder)) {
            begun.accept(session);
            session.during(new Replica(exchange), () -> {
                Script.PIPELINE.run(
                        Script.PIPELINE.program(source),
                        Path.of(source.name()),
                        ScriptParameters.of(Map.of()),
                        session);
                return null;
            });
        }
        return new Run(console.lines(), console.notes(), exchange.traffic());
    }
}
