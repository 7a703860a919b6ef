package org.sdescript.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.sdescript.PictureFiles;
import org.sdescript.Script;
import org.sdescript.data.PartFolders;

/**
 * Runs mutated scripts and generated programs to the end: each gives a result or a diagnostic.
 * {@code -Dsde.fuzz.programs=20000} runs that many of each kind, {@code -Dsde.fuzz.minutes=30} runs each kind for that
 * long, {@code -Dsde.fuzz.seed=n} starts from another seed; with {@code -Dsde.fuzz.log=FILE} every fault is written
 * there and the run continues. A fault names its seed, which repeats it:
 * {@code -Dsde.fuzz.seed=SEED -Dsde.fuzz.programs=1}.
 */
class ProgramsToTheEndTest {
    private static final int PROGRAMS = Integer.getInteger("sde.fuzz.programs", 700);
    private static final long SEED = Long.getLong("sde.fuzz.seed", 1);
    private static final String LOG = System.getProperty("sde.fuzz.log", "");
    private static final long MINUTES = Long.getLong("sde.fuzz.minutes", 0);
    private static final int PROGRAMS_A_FOLDER = 100;

    @Test
    void mutated_scripts_come_to_a_result_or_a_diagnostic() throws IOException {
        run("mutated", new MutatedScripts()::of);
    }

    @Test
    void generated_programs_come_to_a_result_or_a_diagnostic() throws IOException {
        run("generated", new GeneratedScripts()::of);
    }

    private static void run(String kind, LongFunction<String> programs) throws IOException {
        List<String> faults = new ArrayList<>();
        int done = 0;
        int run = 0;
        Path folder = null;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        for (; MINUTES > 0 ? System.nanoTime() < end : run < PROGRAMS; run++) {
            if (run % PROGRAMS_A_FOLDER == 0) {
                folder = next(folder);
                log("--- " + kind + " up to seed " + (SEED + run) + ", without any error " + done);
            }
            long seed = SEED + run;
            String text = programs.apply(seed);
            FuzzedRun.Outcome outcome = FuzzedRun.of(text, folder);
            done += outcome.done() ? 1 : 0;
            if (outcome.late()) {
                log("... " + kind + ", seed " + seed + ", was stopped after 10 s:\n" + text);
            }
            outcome.fault().ifPresent(words -> {
                faults.add(kind + ", seed " + seed + ":\n" + text + "\n" + words + "\n");
                log("=== " + faults.getLast());
            });
        }
        FuzzedRun.clear(folder);
        assertThat(faults).isEmpty();
        assertThat(done)
                .as("most programs that are cut short by an error test little")
                .isGreaterThan(run / 10 - 1);
    }

    private static void log(String line) {
        if (LOG.isEmpty()) {
            return;
        }
        try {
            Files.writeString(Path.of(LOG), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path next(Path before) throws IOException {
        if (before != null) {
            FuzzedRun.clear(before);
        }
        Path folder = Script.temporary();
        Files.writeString(folder.resolve("measurements.csv"), "mass,length,place\n1,2,5\n3,4,6\n");
        PictureFiles.in(folder);
        PartFolders.finished(folder.resolve("samples"), 10, 4);
        return folder;
    }
}
