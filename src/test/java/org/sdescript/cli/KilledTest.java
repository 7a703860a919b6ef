package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 during a training, several times: the final result equals that of an undisturbed training. */
@DisabledOnOs(OS.WINDOWS)
class KilledTest {
    private static final long SEED = 20_240_611;
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    @Test
    void a_training_that_is_killed_at_any_moment_goes_on_to_the_same_numbers() throws Exception {
        String script = """
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), batch = 16, steps = 600%s)
                for v in score.losses { print("{v:.17g}") }
                for row in list(score(tensor([[0.5, -1], [2, 0.25]]), 0.3)) { for v in row { print("{v:.17g}") } }
                """;
        ScriptProcesses processes = new ScriptProcesses(folder);
        Path lasting =
                processes.script("lasting", script.formatted(", checkpoint = \"model\", every = 1, resume = true"));
        Random random = new Random(SEED);
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            killed += isKilled(processes, lasting, random.nextInt(1, 60), random.nextInt(40)) ? 1 : 0;
        }
        assertThat(killed).as("killed before the end, seed %d", SEED).isPositive();
        List<String> whole = processes.said(processes.script("whole", script.formatted("")));

        assertThat(processes.said(lasting)).as("seed %d", SEED).hasSize(600 + 4).isEqualTo(whole);
    }

    /** Kills the process after some writes of its state and some milliseconds more. True if it still ran until then. */
    private static boolean isKilled(ScriptProcesses processes, Path script, int writes, int more) throws Exception {
        Process process = processes.start(script);
        Path state = processes.out("lasting").resolve("model/state.safetensors");
        long size = Files.exists(state) ? Files.size(state) : 0;
        try {
            while (process.isAlive() && (Files.exists(state) ? size(state) : 0) < size + 8L * writes) {
                Thread.sleep(1);
            }
            Thread.sleep(more);
            return process.isAlive();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** 0 while the file is being renamed. */
    private static long size(Path state) {
        try {
            return Files.size(state);
        } catch (IOException moving) {
            return 0;
        }
    }
}
