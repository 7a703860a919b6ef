package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.SavedModules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.FileMutator;
import org.sdescript.Script;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.ZipArchive;

/**
 * Damaged TorchScript archives are loaded and called in a separate process, because a crash in native code would end
 * this one: {@code -Dsde.fuzz.modules=2000} loads that many.
 */
class DamagedModulesTest {
    private static final int COUNT = Integer.getInteger("sde.fuzz.modules", 300);

    @TempDir
    Path folder;

    @Test
    @SuppressWarnings("try") // the backend is only held open
    void a_damaged_module_is_refused_or_called_and_ends_no_process() throws Exception {
        Script.run("""
                score = train(mlp(hidden = 8, depth = 1), moons(64), VP(), steps = 1, batch = 8)
                export(score, "ours.pt")
                """, folder);
        try (Backend backend = Backend.open("cpu", 1, Execution.EAGER)) {
            Files.write(folder.resolve("theirs.pt"), SavedModules.again(Files.readAllBytes(folder.resolve("ours.pt"))));
        }
        Path said = folder.resolve("said.txt");
        Process child = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        boolean isOver = child.waitFor(60 + COUNT / 5, TimeUnit.SECONDS);
        child.destroyForcibly();
        List<String> lines = Files.readAllLines(said);
        System.out.println(lines.getLast());
        assertThat(isOver).as("ends in time; it said %s", lines).isTrue();
        assertThat(child.exitValue()).as("status, after %s", lines).isZero();
        assertThat(lines).last().asString().startsWith(COUNT + " modules").endsWith(" 0 faults");
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                DamagedModulesTest.class.getName(),
                folder.toString(),
                String.valueOf(COUNT));
    }

    /** The child process prints the seed before each module, so that the last printed seed is the one that crashed. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        int called = 0;
        int faults = 0;
        List<Path> valid = List.of(folder.resolve("ours.pt"), folder.resolve("theirs.pt"));
        try (Backend backend = Backend.open("cpu", 1, Execution.EAGER)) {
            for (int seed = 0; seed < count; seed++) {
                System.out.println(seed);
                try {
                    call(backend, Files.write(folder.resolve("damaged.pt"), damaged(valid, seed)));
                    called++;
                } catch (SdeError refused) {
                    continue;
                } catch (Throwable fault) {
                    System.out.println("seed " + seed + ": " + fault);
                    faults++;
                }
            }
        }
        System.out.println(count + " modules, " + called + " of them called, " + faults + " faults");
    }

    private static void call(Backend backend, Path file) {
        ForeignModule module = backend.foreign(file);
        try (NDManager scope = backend.scope();
                PtNDArray x = (PtNDArray) scope.create(new float[] {1, 2, 3, 4}, new ai.djl.ndarray.types.Shape(2, 2));
                PtNDArray t = (PtNDArray) scope.create(new float[] {0.3f, 0.4f})) {
            module.forward(x, t);
        }
    }

    /** Damages every other archive inside an entry, and zips the entry again with correct checksums. */
    private static byte[] damaged(List<Path> valid, int seed) throws IOException {
        FileMutator mutator = new FileMutator(seed);
        Path one = valid.get(seed % 2);
        Path other = valid.get(1 - seed % 2);
        if (seed % 4 < 1) {
            return mutator.damaged(Files.readAllBytes(one), Files.readAllBytes(other));
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        ZipArchive zip = ZipArchive.of(one);
        for (ZipArchive.Entry entry : zip.entries()) {
            entries.put(entry.name(), zip.read(entry));
        }
        List<String> names = new ArrayList<>(entries.keySet());
        SplittableRandom random = new SplittableRandom(seed);
        String name = random.nextBoolean()
                ? names.stream()
                        .filter(it -> it.endsWith("data.pkl"))
                        .findFirst()
                        .orElseThrow()
                : names.get(random.nextInt(names.size()));
        byte[] another = entries.get(names.get(random.nextInt(names.size())));
        entries.put(name, mutator.damaged(entries.get(name), another));
        return zipped(entries);
    }

    private static byte[] zipped(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                CRC32 sum = new CRC32();
                sum.update(each.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(each.getValue().length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
