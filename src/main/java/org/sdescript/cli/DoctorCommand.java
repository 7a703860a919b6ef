package org.sdescript.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sdescript.api.NdArray;
import org.sdescript.api.Sde;
import org.sdescript.api.SdeRun;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Convolutions;
import org.sdescript.backend.NativeCache;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sde doctor}. */
@Command(
        name = "doctor",
        description = "Checks Java, the PyTorch library, memory, folders and devices, and names remedies.")
final class DoctorCommand implements Callable<Integer> {
    /** Draws exact samples of a normal distribution, which uses the reverse process, a kernel and random numbers. */
    private static final String TRIAL = """
            vp = VP()
            x = sample(vp, normal().score(vp), n = 100, shape = [2], using = pc(steps = 10))
            """;

    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        TerminalConsole.out().println("sde " + Version.current());
        List<CheckResult> found = new ArrayList<>();
        Optional<NativeCache> cache;
        try {
            cache = NativeCache.bundled();
        } catch (SdeError noPlace) {
            new CommandErrors(false).show(noPlace.diagnostics());
            tell(CheckResult.trouble("library", "it has no place to be unpacked to", "see above"), found);
            return Main.SCRIPT_ERROR;
        }
        Stream.of(
                        DoctorChecks.java(Runtime.version(), System.getProperty("java.home")),
                        DoctorChecks.platform(System.getProperty("os.name"), System.getProperty("os.arch")),
                        DoctorChecks.memory(),
                        DoctorChecks.writing(Path.of("").toAbsolutePath()),
                        DoctorChecks.library(cache))
                .forEach(finding -> tell(finding, found));
        if (isTrouble(found)) {
            TerminalConsole.out().println("the engine is not tried before this is mended");
            return Main.SCRIPT_ERROR;
        }
        engine(found, cache.isPresent());
        return isTrouble(found) ? Main.SCRIPT_ERROR : Main.DONE;
    }

    private static void tell(CheckResult finding, List<CheckResult> found) {
        found.add(finding);
        TerminalConsole.out().println(finding.text());
    }

    private static boolean isTrouble(List<CheckResult> found) {
        return found.stream().anyMatch(finding -> finding.grade() == CheckResult.Grade.TROUBLE);
    }

    /** Loads the library and draws samples. */
    private static void engine(List<CheckResult> found, boolean bundled) {
        long start = System.nanoTime();
        try (SdeRun run = Sde.of(TRIAL).run()) {
            NdArray samples = run.array("x");
            double seconds = (System.nanoTime() - start) / 1e9;
            tell(trial(samples, seconds), found);
            Convolutions.verdict().ifPresent(verdict -> tell(DoctorChecks.convolutions(verdict), found));
            tell(DoctorChecks.device(hasDriver(), Backend.gpus(), bundled), found);
        } catch (SdeError unusable) {
            TerminalConsole.out().flush();
            new CommandErrors(false).show(unusable.diagnostics());
            tell(CheckResult.trouble("engine", "it cannot be used", "see above"), found);
        }
    }

    static CheckResult trial(NdArray samples, double seconds) {
        boolean sound = true;
        for (double number : samples.doubles()) {
            sound &= Double.isFinite(number) && Math.abs(number) < 10;
        }
        return sound
                ? CheckResult.good(
                        "engine", String.format(Locale.ROOT, "loaded, compiled and sampled in %.1f s", seconds))
                : CheckResult.trouble(
                        "engine",
                        "it computes wrong numbers",
                        "delete the unpacked library (~/.djl.ai or DJL_CACHE_DIR), and report it if that does not help");
    }

    private static boolean hasDriver() {
        return Stream.of("/proc/driver/nvidia/version", "/dev/nvidia0", "/dev/dxg")
                .map(Path::of)
                .anyMatch(Files::exists);
    }
}
