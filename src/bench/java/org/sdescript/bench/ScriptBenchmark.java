package org.sdescript.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;

/** The time in a warm JVM until the first statement of a script of 300 lines runs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScriptBenchmark {
    private static final int PARTS = 25;

    /** Twelve lines as in real scripts; N numbers the names. */
    private static final String PART = """
            ## how many steps
            param steps_N = 4_000

            schedule linear_N(t; lo = 0.1, hi = 20) = lo + t*(hi - lo)
            fn area_N(w, h = 2; unit = "m") {
              total = 0
              for i, v in enumerate([w, h, 3]) {
                if v > 1 and i < 3 { total += v*i } else { total = -total^2 }
              }
              return "{total:.3f} {unit}"
            }
            data_N = map(1..10, v -> if v % 2 == 0 then [v, v^2] else [v, linear_N(0.5, lo = 1)])
            """;

    private final Source script = new Source("script.sde", text());
    private final Pipeline pipeline = new Pipeline();

    private static String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PARTS; i++) {
            text.append(PART.replace("_N", "_" + i));
        }
        return text.toString();
    }

    @Benchmark
    public Parsed parse() {
        return Parser.parse(script);
    }

    @Benchmark
    public List<Diagnostic> parseAndCheck() {
        return pipeline.check(script);
    }

    @Benchmark
    public Environment standardLibraryParseCheckAndLoad() {
        Pipeline fresh = new Pipeline();
        Program program = fresh.program(script);
        Path here = Path.of(".");
        try (Session session = new Session(Settings.standard(), new Silence(), here, here)) {
            Program none = new Program(List.of(), program.span());
            return fresh.run(none, here.resolve("script.sde"), ScriptParameters.of(Map.of()), session);
        }
    }
}
