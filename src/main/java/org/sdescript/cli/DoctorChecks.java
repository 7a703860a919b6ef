package org.sdescript.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sdescript.backend.ConvolutionVerdict;
import org.sdescript.backend.NativeCache;

/**
 * The single checks of {@code sde doctor}, each with its remedy. The checks read no state besides their arguments, so
 * that tests can supply any machine.
 */
final class DoctorChecks {
    private static final int OLDEST_JAVA = 21;
    private static final long GIB = 1L << 30;
    private static final Set<String> PLATFORMS =
            Set.of("Linux amd64", "Linux aarch64", "Mac OS X aarch64", "Windows amd64");

    private DoctorChecks() {}

    static CheckResult java(Runtime.Version version, String home) {
        String told = version + " in " + home;
        return version.feature() >= OLDEST_JAVA
                ? CheckResult.good("java", told)
                : CheckResult.trouble("java", told, "install a JDK 21 or newer, and set JAVA_HOME to it");
    }

    static CheckResult platform(String system, String processor) {
        String name = (system.startsWith("Windows") ? "Windows" : system) + " " + processor;
        return PLATFORMS.contains(name)
                ? CheckResult.good("system", name)
                : CheckResult.trouble(
                        "system",
                        "there is no PyTorch library for " + name,
                        "use 64-bit Linux, macOS on ARM or 64-bit Windows; WSL and containers will do");
    }

    /**
     * @param total the machine's memory in bytes
     * @param free its free part in bytes
     */
    static CheckResult memory(long total, long free) {
        String told =
                String.format(Locale.ROOT, "%.1f GiB, %.1f GiB of it free", (double) total / GIB, (double) free / GIB);
        return free >= GIB
                ? CheckResult.good("memory", told)
                : CheckResult.advice(
                        "memory", told, "close other programs; below 1 GiB even small trainings may not fit");
    }

    static CheckResult memory() {
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return memory(machine.getTotalMemorySize(), machine.getFreeMemorySize());
    }

    /** Checks the unpacked library; a build without a library passes. */
    static CheckResult library(Optional<NativeCache> bundled) {
        if (bundled.isEmpty()) {
            return CheckResult.good("library", "this build is for GPUs and contains no PyTorch library");
        }
        NativeCache cache = bundled.get();
        if (!cache.isUnpacked()) {
            return unpacking(cache);
        }
        List<String> damaged = cache.damaged();
        return damaged.isEmpty()
                ? CheckResult.good("library", "unpacked in " + cache.folder())
                : CheckResult.trouble(
                        "library",
                        "what was unpacked to " + cache.folder() + " is damaged: " + String.join(", ", damaged),
                        "delete that folder; the next run unpacks the library anew");
    }

    private static CheckResult unpacking(NativeCache cache) {
        Path existing = cache.folder().toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        String wanted = (cache.bytes() >> 20) + " MB";
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return CheckResult.trouble(
                    "library",
                    "it cannot be unpacked to " + cache.folder() + ": " + existing
                            + " is no folder that may be written to",
                    "set DJL_CACHE_DIR to a folder of yours with " + wanted + " of space");
        }
        try {
            return Files.getFileStore(existing).getUsableSpace() >= cache.bytes()
                    ? CheckResult.good("library", "the first tensor unpacks it to " + cache.folder() + ", " + wanted)
                    : CheckResult.trouble(
                            "library",
                            "there is no space to unpack it to " + cache.folder(),
                            "make room for " + wanted + ", or set DJL_CACHE_DIR to a folder with that much");
        } catch (IOException e) {
            return CheckResult.advice(
                    "library", "the space in " + existing + " is unknown", "keep " + wanted + " free");
        }
    }

    /** Checks that runs can write below a folder. */
    static CheckResult writing(Path folder) {
        Path runs = folder.resolve("runs");
        Path asked = Files.exists(runs) ? runs : folder;
        try {
            Files.delete(Files.createTempFile(asked, ".sde", ".tmp"));
            return CheckResult.good("files", "runs write below " + runs);
        } catch (IOException refused) {
            return CheckResult.trouble(
                    "files",
                    "there is no permission to write into " + asked,
                    "change to a folder of yours, or name one: sde run SCRIPT --out DIR");
        }
    }

    static CheckResult convolutions(ConvolutionVerdict verdict) {
        return switch (verdict) {
            case RIGHT -> CheckResult.good("layers", "convolutions and their gradients are right on this processor");
            case RIGHT_WITHOUT_ONEDNN ->
                CheckResult.good(
                        "layers",
                        "oneDNN's convolutions are wrong on this processor, so PyTorch's own, which are right, are taken");
            case WRONG ->
                CheckResult.trouble(
                        "layers",
                        "the library's convolutions are wrong on this processor",
                        "train networks without convolutions here, or go to another machine; and report it");
            case UNKNOWN -> CheckResult.good("layers", "convolutions are not measured on this system");
        };
    }

    /**
     * @param gpu true if the machine has a GPU with its driver
     * @param seen number of GPUs that PyTorch sees
     * @param bundled true if the build contains the CPU library
     */
    static CheckResult device(boolean gpu, int seen, boolean bundled) {
        if (seen > 0) {
            return CheckResult.good("device", seen == 1 ? "1 GPU" : seen + " GPUs");
        }
        if (!gpu) {
            return bundled
                    ? CheckResult.good("device", "the CPU; this machine shows no NVIDIA driver")
                    : CheckResult.advice(
                            "device",
                            "this build is for GPUs, and this machine shows no NVIDIA driver",
                            "install the driver, or build for the CPU: mvn clean package");
        }
        return bundled
                ? CheckResult.advice(
                        "device",
                        "this machine has a GPU, but this build brings the library for CPUs",
                        "build with `mvn -Pgpu clean package`")
                : CheckResult.trouble(
                        "device",
                        "this machine has a GPU, but PyTorch does not see it: library and driver do not match",
                        "set PYTORCH_FLAVOR to what `nvidia-smi` names as its CUDA version, such as cu128, or"
                                + " PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR to a library of that version");
    }
}
