package org.sdescript.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sdescript.files.AtomicFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sde new moons}. */
@Command(name = "new", description = "Writes a first script, which learns two moons and draws new ones.")
final class NewCommand implements Callable<Integer> {
    private static final String ENDING = ".sde";

    static final String STARTER = """
            # NAME: learns a distribution from samples, then draws new ones
            # sde run NAME, or quicker: sde run NAME --steps 300

            param steps = 2000  # of training
            param n = 1000      # how many samples are drawn

            # the process that turns data into noise; what reverses it is derived from this line
            sde Forward(lo = 0.1, hi = 20) {
              t in [1e-5, 1]
              dx = -1/2*(lo + t*(hi - lo))*x dt + sqrt(lo + t*(hi - lo)) dw
            }

            p = Forward()
            print(reverse(p))

            # your own data: csv("points.csv")
            data = moons(10_000, noise = 0.05)
            score = train(mlp(hidden = 64, depth = 3), data, p, steps = steps, batch = 256)

            x = sample(p, score, n = n, using = pc(steps = 200))
            print("energy distance to the data", energy_distance(x, moons(1000, noise = 0.05)))
            plot(scatter(data, label = "data"), scatter(x, label = "samples"), to = "samples.png")
            """;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            defaultValue = "start",
            description = "The file, with or without .sde; ${DEFAULT-VALUE}.sde if not given.")
    private String name;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        Path file = Path.of(name.endsWith(ENDING) ? name : name + ENDING);
        if (Files.exists(file)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "there is a file " + file + " already; name another one");
        }
        AtomicFile.write(file, STARTER.replace("NAME", file.getFileName().toString()));
        TerminalConsole.out().println("wrote " + file + "; run it: sde run " + file);
        return Main.DONE;
    }
}
