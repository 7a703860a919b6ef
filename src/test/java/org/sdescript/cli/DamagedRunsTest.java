package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.DamagedFiles;
import org.sdescript.pipeline.RecordedRun;

/**
 * Damaged records of runs are listed and compared beside whole ones, and their text reaches a terminal only with
 * control characters replaced.
 */
class DamagedRunsTest {
    private static final String RECORD = """
            {"script": "a.sde", "sha256": "0123456789abcdef", "parameters": {"steps": 20, "rate": 1e-3, "on": true, "list": [1, 2]},
             "seed": 1, "precision": "float32", "device": "cpu", "versions": {"sde": "1", "java": "21"},
             "started": "2026-01-31T12:00:00Z", "seconds": 1.5, "outcome": "done", "work": [{"call": "train"}],
             "metrics": {"answer": 42, "loss": 0.25}, "files": ["metrics.jsonl", "a.png"]}
            """;
    private static final String REPORTS =
            "{\"training\":1,\"step\":2,\"loss\":0.5,\"rate\":0.001,\"seconds\":0.1}\n{\"training\":1,\"step\":4,\"loss\":0.25}\n";

    @TempDir
    Path folder;

    @Test
    void records() throws Exception {
        damaged("json", List.of(bytes(RECORD), bytes("{\"outcome\": \"failed\", \"error\": \"E0101\"}")), "run.json");
    }

    @Test
    void reports() throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("runs/damaged")).resolve("run.json"), RECORD);
        damaged("jsonl", List.of(bytes(REPORTS)), "metrics.jsonl");
    }

    private void damaged(String format, List<byte[]> valid, String name) throws Exception {
        Path runs = folder.resolve("runs");
        Files.writeString(Files.createDirectories(runs.resolve("whole")).resolve("run.json"), RECORD);
        Path damaged = Files.createDirectories(runs.resolve("damaged"));
        DamagedFiles.areToldOrRead(format, folder, valid, Set.of(), file -> {
            Files.copy(file, damaged.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            List<String> lines = RunsCommand.lines(runs);
            assertThat(lines).hasSize(3).anyMatch(line -> line.startsWith("whole") && line.contains("answer: 42"));
            List<RecordedRun> both = List.of(RecordedRun.of(runs.resolve("whole")), RecordedRun.of(damaged));
            List<String> said = CompareCommand.lines(both);
            assertThat(String.join("", lines) + String.join("", said) + String.join("", RunsCommand.damages(runs)))
                    .doesNotContain("\u001b", "\0", "\u009b");
            CompareCommand.curves(both);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
