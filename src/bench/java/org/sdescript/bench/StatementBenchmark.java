package org.sdescript.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sdescript.ast.Program;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** The interpreter's time for a statement on the host, including the loop around it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StatementBenchmark {
    private static final int ROUNDS = 20_000;

    private static final String BEFORE = """
            x = 0
            v = 0..9
            r = {a: 1, b: 2}
            fn f(a) = a + 1
            fn g(a; b = 2) {
              c = a + b
              return c
            }
            h = a -> a + 1
            """;

    @Param({
        "x = x + 1",
        "x += 1",
        "if x < 3 { y = 1 } else { y = 2 }",
        "y = 0 <= x and x < 3",
        "y = v[3]",
        "y = r.b",
        "y = f(x)",
        "y = g(x)",
        "y = g(x, b = 3)",
        "y = h(x)",
        "y = sqrt(2)",
        "for i in v { y = i }",
        "y = [i*i for i in v]"
    })
    private String statement;

    private final Pipeline pipeline = new Pipeline();
    private Program program;

    @Setup
    public void read() {
        String loop = "repeat " + ROUNDS + " { " + statement + " }\n";
        program = pipeline.program(new Source("benchmark.sde", BEFORE + loop));
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public Environment statement() {
        Path here = Path.of(".");
        try (Session session = new Session(Settings.standard(), new Silence(), here, here)) {
            return pipeline.run(program, here.resolve("benchmark.sde"), ScriptParameters.of(Map.of()), session);
        }
    }
}
