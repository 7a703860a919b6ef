package org.sdescript.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * Scripts that draw 100,000 samples each of the network of the quickstart, of CLD with the exact score, and of a process
 * of the user with a sampler with closures.
 */
@NullMarked
final class SampledScripts {
    static final int SAMPLES = 100_000;
    static final int UNITS = 20;

    private SampledScripts() {}

    /**
     * Two steps go through all that a longer sampling goes through.
     *
     * @param to the option that names the folder of the parts, or nothing
     */
    static String model(String to) {
        return """
                vp = VP()
                score = train(mlp(hidden = 128, depth = 4), moons(2000, noise = 0.05), vp, steps = 3, batch = 64, seed = 1)
                x = sample(vp, score, n = 100_000, batch = 5_000, seed = 2%s,
                           using = pc(predictor = reverse_diffusion, corrector = langevin(snr = 0.16), steps = 2))
                """.formatted(to);
    }

    static String cld(String to) {
        return """
                cld = CLD()
                s = normal(mean = {x: 1, v: 0}, std = {x: 0.5, v: 0.2}).score(cld)
                x = sample(cld, s, n = 100_000, shape = [1], batch = 5_000, seed = 2%s, using = pc(steps = 2))
                """.formatted(to);
    }

    /** @param gate an expression that each unit evaluates in the midst of its steps */
    static String own(String to, String gate) {
        return """
                k = 0.7
                sde Mine(c = 1) { t in [0, 1]; dx = -c*k*x dt + sqrt(0.2 + t) dw }
                p = Mine(c = 2)
                fn nudge(a) = (x -> a*x + 0.1*randn_like(x))
                push = nudge(0.99)
                sampler mine(process, score, x) {
                  for i in 0..3 {
                    x, mean = euler_maruyama(process, score, x, 1 - i/5, -0.199)
                    _passed = %s
                    x = push(x)
                  }
                  return x
                }
                x = sample(p, normal(std = 0.5).score(p), n = 100_000, shape = [2], batch = 5_000, seed = 3%s, using = mine)
                """.formatted(gate, to);
    }

    /** The bytes of all files below a folder whose name ends so, by their names. */
    static Map<String, byte[]> files(Path folder, String ending) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(ending)).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    static void requireSame(Map<String, byte[]> found, Map<String, byte[]> wanted) {
        assertThat(found.keySet()).isEqualTo(wanted.keySet());
        wanted.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
    }
}
