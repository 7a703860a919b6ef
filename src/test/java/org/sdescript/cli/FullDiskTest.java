package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No space for a checkpoint. A limit on file sizes replaces a full disk: it, too, fails in the middle of writing. */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {
    /**
     * A limit of files in KiB in place of a full disk; the state of the network below takes about 300. The system's words
     * for this limit are known in English only, since there is no room to unpack the library that asks for others.
     */
    private static final String[] LITTLE_ROOM = {"bash", "-c", "export LC_ALL=C; ulimit -f 64; exec \"$@\"", "bash"};

    private static final String SCRIPT = """
            score = train(mlp(hidden = 64, depth = 1), moons(64), VP(), batch = 16, steps = %d, seed = 1%s)
            for v in score.losses { print("{v:.17g}") }
            """;
    private static final String KEPT = ", checkpoint = \"model\", every = 10, resume = true";

    @TempDir
    private Path folder;

    @Test
    void a_training_without_room_for_its_state_goes_on_and_keeps_the_one_before() throws Exception {
        ScriptProcesses processes = new ScriptProcesses(folder);
        processes.said(processes.script("lasting", SCRIPT.formatted(10, KEPT)));
        Path state = processes.out("lasting").resolve("model/state.safetensors");
        byte[] before = Files.readAllBytes(state);
        Path longer = processes.script("lasting", SCRIPT.formatted(30, KEPT));

        List<String> crowded = processes.said(longer, LITTLE_ROOM);

        assertThat(before.length).isGreaterThan(64 << 10);
        assertThat(processes.told(longer))
                .contains("the state after step 20 could not be saved: no space is left on the disk");
        assertThat(Files.readAllBytes(state)).isEqualTo(before);
        try (var files = Files.list(state.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.endsWith(".safetensors"));
        }
        List<String> whole = processes.said(processes.script("whole", SCRIPT.formatted(30, "")));
        assertThat(crowded).isEqualTo(whole);
        assertThat(processes.said(longer)).isEqualTo(whole);
    }
}
