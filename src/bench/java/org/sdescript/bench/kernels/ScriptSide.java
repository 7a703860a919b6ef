package org.sdescript.bench.kernels;

import java.nio.file.Path;
import java.util.Map;
import org.sdescript.bench.Silence;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/** A continuing script: its names and kernels remain. */
final class ScriptSide implements AutoCloseable {
    private static final Path HERE = Path.of("target");

    private final Session session = new Session(Settings.standard(), new Silence(), HERE, HERE);
    private final RunningScript started =
            new Pipeline().bind(HERE.resolve("benchmark.sde"), ScriptParameters.of(Map.of()), session);

    ScriptSide run(String text) {
        started.run(Parser.parse(new Source("benchmark.sde", text)).program());
        return this;
    }

    @Override
    public void close() {
        session.close();
    }
}
