package org.sdescript.bench.kernels;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same work in PyTorch from Python, in a separate process: src/bench/python/kernels.py. */
final class PythonSide {
    private PythonSide() {}

    /** Seconds per step by the contest's title; empty if there is no Python with PyTorch. */
    static Map<String, List<Double>> measure(int rounds) {
        String python = Optional.ofNullable(System.getenv("SDE_PYTHON")).orElse("python3");
        String threads = System.getProperty("sde.threads", "1");
        try {
            String clock = System.getProperty("bench.clock", "wall");
            Process process = new ProcessBuilder(
                            python, "src/bench/python/kernels.py", String.valueOf(rounds), threads, clock)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0
                    ? new ObjectMapper().readValue(said, new TypeReference<Map<String, List<Double>>>() {})
                    : Map.of();
        } catch (IOException absent) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }
}
