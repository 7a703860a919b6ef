package org.sdescript.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
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

/** The time to form a standard process, to derive its reverse, flow, transition and prior, and to explain all five. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class DerivationBenchmark {
    private static final List<String> ALWAYS = List.of("p", "reverse(p)", "flow(p)");
    private static final List<String> WHERE_LINEAR = List.of("p.transition", "p.prior");

    @Param({
        "VP",
        "VE",
        "SubVP",
        "CosineVP",
        "Karras",
        "RectifiedFlow",
        "OrnsteinUhlenbeck",
        "CLD",
        "DDPM",
        "SMLD",
        "GeometricBrownian",
        "DoubleWell"
    })
    private String process;

    private final Pipeline pipeline = new Pipeline();
    private Program program;

    @Setup
    public void read() {
        boolean nonlinear = process.equals("GeometricBrownian") || process.equals("DoubleWell");
        String prints = Stream.concat(ALWAYS.stream(), nonlinear ? Stream.empty() : WHERE_LINEAR.stream())
                .map(derived -> "print(" + derived + ")\nprint(explain(" + derived + "))\n")
                .collect(Collectors.joining());
        program = pipeline.program(new Source("benchmark.sde", "p = " + process + "()\n" + prints));
    }

    @Benchmark
    public Environment derive() {
        Path here = Path.of(".");
        try (Session session = new Session(Settings.standard(), new Silence(), here, here)) {
            return pipeline.run(program, here.resolve("benchmark.sde"), ScriptParameters.of(Map.of()), session);
        }
    }
}
