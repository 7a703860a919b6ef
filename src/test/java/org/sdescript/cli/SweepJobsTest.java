package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sde sweep --jobs 2}: runs as processes. */
class SweepJobsTest {
    @TempDir
    Path folder;

    @Test
    void runs_at_a_time_are_processes_with_the_same_results() throws IOException {
        Path script = Files.writeString(folder.resolve("s.sde"), """
                param rate = 0.1
                metric("double", 2*rate)
                if rate == 3 { fail("three") }
                """);
        Path out = folder.resolve("out");

        int status = Main.execute(
                "sweep", "-q", "--jobs", "2", "--out", out.toString(), script.toString(), "--rate", "1,2.5,3");

        assertThat(status).isEqualTo(Main.SCRIPT_ERROR);
        assertThat(out.resolve("sweep.csv")).hasContent("""
                rate,runs,double,double_std
                1,1,2,
                2.5,1,5,
                3,0,,
                """);
        assertThat(out.resolve("rate=3/log.txt")).content().contains("error[E0470]: three");
    }
}
