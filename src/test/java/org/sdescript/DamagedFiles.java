package org.sdescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.sdescript.diagnostic.SdeError;

/**
 * Reads damaged files of a format: each gives a diagnostic with a known code, or data, and takes no more memory than
 * its length allows. {@code -Dsde.fuzz.files=100000} reads that many, prints the time, and requires each to take less
 * than 2 s of processor time, which other processes do not lengthen.
 */
public final class DamagedFiles {
    private static final int USUAL = 500;
    private static final int COUNT = Integer.getInteger("sde.fuzz.files", USUAL);
    private static final long FIRST = Long.getLong("sde.fuzz.seed", 0);
    private static final double LONGEST_SECONDS = 2;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Buffers of readers, and allocations at the first use of a class. */
    private static final long BYTES_FOR_NOTHING = 32L << 20;

    /** The largest expansion: Deflate unpacks 1032-fold, LZW 2731-fold; numbers of one byte become doubles of eight. */
    private static final long BYTES_OF_BYTE = 8 * 2731;

    /** Reads a file as users do, and checks the result. */
    @FunctionalInterface
    public interface Reader {
        void read(Path file) throws Exception;
    }

    private DamagedFiles() {}

    /**
     * @param valid files without damage
     * @param codes the allowed diagnostic codes for damaged files
     */
    public static void areToldOrRead(String format, Path folder, List<byte[]> valid, Set<String> codes, Reader reader)
            throws Exception {
        Path file = folder.resolve("damaged." + format);
        for (byte[] each : valid) {
            reader.read(Files.write(file, each));
        }
        int read = 0;
        double longest = 0;
        long slowest = 0;
        long most = 0;
        long start = System.nanoTime();
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            byte[] bytes = damaged(valid, seed);
            Files.write(file, bytes);
            long before = PROCESS.getProcessCpuTime();
            long taken = THREADS.getCurrentThreadAllocatedBytes();
            read += read(format, file, seed, codes, reader) ? 1 : 0;
            taken = THREADS.getCurrentThreadAllocatedBytes() - taken;
            double seconds = (PROCESS.getProcessCpuTime() - before) / 1e9;
            assertThat(taken)
                    .as("bytes taken for %s of %d bytes, seed %d", format, bytes.length, seed)
                    .isLessThan(BYTES_FOR_NOTHING + BYTES_OF_BYTE * bytes.length);
            most = Math.max(most, taken);
            slowest = seconds > longest ? seed : slowest;
            longest = Math.max(longest, seconds);
        }
        if (COUNT > USUAL) {
            System.out.printf(
                    "%s: %d files, %d of them read, %.0f s; longest %.3f s (seed %d), most %d KiB%n",
                    format, COUNT, read, (System.nanoTime() - start) / 1e9, longest, slowest, most >> 10);
            assertThat(longest).as("seconds of seed %d", slowest).isLessThan(LONGEST_SECONDS);
        }
    }

    private static byte[] damaged(List<byte[]> valid, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] one = valid.get(random.nextInt(valid.size()));
        return new FileMutator(seed).damaged(one, valid.get(random.nextInt(valid.size())));
    }

    private static boolean read(String format, Path file, long seed, Set<String> codes, Reader reader)
            throws IOException {
        try {
            reader.read(file);
            return true;
        } catch (SdeError told) {
            assertThat(codes)
                    .as("%s, seed %d: %s", format, seed, told.getMessage())
                    .contains(told.diagnostics().getFirst().code());
            return false;
        } catch (Exception | Error thrown) {
            Path kept = Files.copy(
                    file,
                    Path.of("target", "damaged-" + seed + "." + format),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return fail("seed " + seed + ", kept as " + kept, thrown);
        }
    }
}
