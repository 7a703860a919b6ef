package org.sdescript.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Python;
import org.sdescript.Script;

/** The programs of docs/export.md, as they stand there, run exported files. */
class ExportPageTest {
    /** The exact score of N(2, 0.1²) in both components, so that a right program gives numbers near 2. */
    private static final String STEP =
            "export(normal(mean = 2, std = 0.1).score(VP()), \"step.onnx\", step = ode_heun, shape = [2])\n";

    @TempDir
    private Path folder;

    static String block(String language) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\\R(.*?)^```")
                .matcher(Files.readString(Path.of("docs/export.md")));
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }

    @Test
    void the_java_program_samples() throws Exception {
        Script.run(STEP, folder);
        Path source = Files.writeString(folder.resolve("Moons.java"), block("java"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "this Java has no compiler");
        String library = Path.of(OrtSession.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        assertThat(compiler.run(
                        null, null, null, "-proc:none", "-cp", library, "-d", folder.toString(), source.toString()))
                .isZero();

        List<String> lines = printed(() -> {
            try (URLClassLoader classes =
                    new URLClassLoader(new URL[] {folder.toUri().toURL()}, OrtSession.class.getClassLoader())) {
                classes.loadClass("Moons").getMethod("main", String[].class).invoke(null, (Object)
                        new String[] {folder.resolve("step.onnx").toString()});
            }
        });
        assertThat(lines).hasSize(100);
        assertThat(lines)
                .flatMap(line -> Arrays.asList(line.split(",")))
                // six standard deviations
                .allSatisfy(number -> assertThat(Double.parseDouble(number)).isBetween(1.4, 2.6));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static List<String> printed(Work work) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The reference implementation of the format; Debian's package is python3-onnx. */
    @Test
    void the_checker_of_onnx_accepts_the_files() throws Exception {
        Python python = Python.with("onnx").orElse(null);
        assumeTrue(python != null, "there is no Python with onnx");
        Script.run(STEP + """
                predictor own(process, score, x, t, dt) {
                  z = if t > 0.5 then randn_like(x) else 0*x
                  return x + score(x, t)*dt + z, x
                }
                score = train(unet(base = 8, multipliers = [1, 2]), randn([4, 1, 8, 8]), VP(), steps = 1, batch = 2)
                export(score, "unet.onnx")
                export(score, "own.onnx", step = own)
                export(score, "memory.onnx", step = multistep(order = 3))
                export(normal().score(CLD()), "system.onnx", step = multistep(stochastic = true), shape = [2])
                """, folder);

        assertThat(python.run("check_onnx.py", folder))
                .containsExactly(
                        "memory.onnx: opset 17, IR 8",
                        "own.onnx: opset 17, IR 8",
                        "step.onnx: opset 17, IR 8",
                        "system.onnx: opset 17, IR 8",
                        "unet.onnx: opset 17, IR 8");
    }
}
