package org.sdescript.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/** Folders of parts with known numbers: component k of sample i is 10 i + k, of the second state its negative. */
public final class PartFolders {
    static final Span PLACE = new Span(new Source("script.sde", "sample()"), 0, 8);

    private PartFolders() {}

    static PartsJob job(long samples, int batch) {
        return new PartsJob(
                "sample", "abc", new TreeMap<>(Map.of("sde", "0.2.0", "pytorch", "2.7.1")), 7, samples, batch);
    }

    /** Writes a finished folder of samples [n, 2]. */
    public static Path finished(Path folder, int samples, int batch) {
        return finished(folder, samples, batch, "x");
    }

    static Path finished(Path folder, int samples, int batch, String... states) {
        try (PartFolder parts = PartFolder.open(folder, job(samples, batch), PLACE)) {
            for (int part : parts.missing()) {
                parts.done(part(parts, part, states));
            }
        }
        return folder;
    }

    /** Writes one part, as another process does. */
    static PartFile.Written part(PartFolder parts, int number, String... states) {
        int first = (int) parts.job().first(number);
        int count = (int) parts.job().count(number);
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        for (String state : states) {
            float[] numbers = new float[2 * count];
            float sign = arrays.isEmpty() ? 1 : -1;
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = sign * (10 * (first + i / 2) + i % 2);
            }
            arrays.put(state, NumberArray.of(numbers, count, 2));
        }
        return PartFile.write(parts.folder(), number, arrays);
    }
}
