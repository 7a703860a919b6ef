package example;

import java.nio.file.Path;
import java.util.Locale;
import org.sdescript.api.NdArray;
import org.sdescript.api.Sde;
import org.sdescript.api.SdeRun;

/** Trains a model by a script, and draws from it: {@code Moons moons.sde 500}. */
public final class Moons {
    private Moons() {}

    public static void main(String[] arguments) {
        Sde script = Sde.load(Path.of(arguments[0])).with("steps", Integer.parseInt(arguments[1]));
        try (SdeRun run = script.seed(1).run()) {
            NdArray samples = run.sampler("draw").sample(100, 7); // of shape [100, 2]
            for (double[] point : samples.rows()) {
                System.out.printf(Locale.ROOT, "%.3f,%.3f%n", point[0], point[1]);
            }
            System.out.println("distance " + run.call("distance", double.class, samples));
        }
    }
}
