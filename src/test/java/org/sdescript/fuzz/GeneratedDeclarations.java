package org.sdescript.fuzz;

import java.util.List;
import java.util.Random;

/** Generates declarations of every kind in a script, with a use of each. */
final class GeneratedDeclarations {
    private static final List<String> USES_OF_A_PROCESS = List.of(
            "print(⟨p⟩.transition, ⟨p⟩.prior)",
            "print(reverse(⟨p⟩), flow(⟨p⟩))",
            "print(latex(⟨p⟩), explain(⟨p⟩))",
            "print(sample(⟨p⟩, normal().score(⟨p⟩), n = 3, shape = [2], using = ⟨U⟩))",
            "print(simulate(⟨p⟩, ones([3, 1]), steps = 4))",
            "print(train(mlp(hidden = 4, depth = 1), x, ⟨p⟩, steps = 2, batch = 4).losses)",
            "print(⟨p⟩.drift(⟨T⟩, ⟨K⟩), ⟨p⟩.log_snr(⟨K⟩), ⟨p⟩.t_max)",
            "print(log_likelihood(⟨p⟩, ⟨S⟩, ⟨T⟩, method = rk4(steps = 2)))",
            "print(stratonovich(⟨p⟩), ito(⟨p⟩), unscaled(⟨p⟩))");

    private static final List<String> LAYERS = List.of(
            "silu(dense(h, ⟨I⟩))",
            "dense(h, 2)",
            "layer_norm(h)",
            "dropout(h, 0.5)",
            "concat([h, sinusoidal(t, 4)], axis = 1)",
            "h + fourier_features(t, 2)",
            "tanh(h)*⟨N⟩",
            "concat([h, x], axis = 1)",
            "h*reshape(t, [-1, 1])",
            "h[:, :1]");

    private final Random random;
    private final FittingValues values;
    private final GeneratedFormulas formulas;

    GeneratedDeclarations(Random random, FittingValues values) {
        this.random = random;
        this.values = values;
        this.formulas = new GeneratedFormulas(random);
    }

    /** A declaration of the unused name, and a use that prints something. */
    String of(String name) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> process(name);
            case 4 -> chain(name);
            case 5, 6 -> network(name);
            case 7 -> predictor(name);
            case 8 -> sampler(name);
            case 9 -> loss(name);
            case 10 -> schedule(name);
            default -> system(name);
        };
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String process(String name) {
        String body =
                switch (random.nextInt(4)) {
                    case 0 -> "x(t) = " + formulas.of(2, "t") + "*x(0) + " + formulas.of(2, "t") + "*noise";
                    case 1 ->
                        "t in [0.001, " + one(List.of("1", "2", "5")) + "]\n  dx = " + formulas.of(3, "x") + " dt + "
                                + formulas.of(2, "t") + " dw";
                    default -> "dx = -" + formulas.of(2, "t") + "*x dt + " + formulas.of(2, "t") + " dw";
                };
        return used(name, "", body);
    }

    private String system(String name) {
        return used(
                name,
                "(k = " + values.of('N', 1) + ")",
                "dx = " + one(List.of("v", "-x + k*v", formulas.of(1, "t") + "*v")) + " dt + "
                        + one(List.of("dw_1", "0 dw_1", formulas.of(1, "t") + " dw_1")) + "\n  dv = -k*v "
                        + one(List.of("- x", "+ " + formulas.of(1, "t") + "*x", "")) + " dt + " + formulas.of(1, "t")
                        + " dw_2");
    }

    private String chain(String name) {
        String formula = formulas.of(2, "i/N").replace("t", "i/N");
        String body = one(List.of(
                "x[i] = sqrt(1 - beta[i])*x[i - 1] + sqrt(beta[i])*noise",
                "x[i] = x[i - 1] + " + formula + "*noise",
                "x[i] = (1 - " + formula + ")*x[i - 1] + 0.1*noise"));
        String use = one(List.of(
                "print(⟨p⟩.chain, ⟨p⟩)",
                "print(sample(⟨p⟩, normal().score(⟨p⟩), n = 3, shape = [2], using = ⟨U⟩))",
                "print(train(⟨M⟩, x, ⟨p⟩, loss = discrete(), steps = 2, batch = 4).losses)",
                "print(latex(⟨p⟩), explain(⟨p⟩))"));
        return "sde P_" + name + "(beta = linear(hi = 3), n = "
                + one(List.of("10", "5", "1", "⟨I⟩").stream()
                        .map(form -> values.filled(form, 0))
                        .toList())
                + ") {\n  i in 1..n\n  " + body + "\n}\n" + name + " = P_" + name + "()\n"
                + values.filled(use.replace("⟨p⟩", name), 1);
    }

    private String used(String name, String parameters, String body) {
        return "sde P_" + name + parameters + " {\n  " + body + "\n}\n" + name + " = P_" + name + "()\n"
                + values.filled(one(USES_OF_A_PROCESS).replace("⟨p⟩", name), 1);
    }

    private String network(String name) {
        StringBuilder text = new StringBuilder("network " + name + "(x, t; width = 4) {\n  h = x\n");
        for (int k = random.nextInt(1, 4); k > 0; k--) {
            text.append("  h = ").append(values.filled(one(LAYERS), 1)).append('\n');
        }
        text.append("  return ")
                .append(one(List.of("dense(h, 2)", "h", "dense(h, x.shape[1])")))
                .append("\n}\n");
        String use = one(List.of(
                "print(train(" + name + "(), x, ⟨P⟩, steps = 2, batch = 4).losses)",
                "m = train(" + name
                        + "(width = ⟨I⟩), ⟨D⟩, p, steps = 2, batch = 4)\nprint(m(x, 0.5), sample(p, m, n = 3, using = ⟨U⟩))",
                "print(describe(" + name + "(), shape = [2]))"));
        return text + values.filled(use, 1);
    }

    private String predictor(String name) {
        return values.filled(
                "predictor " + name + "(process, score, x, t, dt; k = ⟨N⟩) {\n  back = reverse(process, score)\n"
                        + "  mean = x + back.drift(x, t)*dt*" + one(List.of("1", "k", "⟨N⟩")) + "\n  return "
                        + one(List.of(
                                "mean + back.diffuse(x, t, randn_like(x))*sqrt(-dt), mean",
                                "mean, mean",
                                "mean",
                                "⟨T⟩, mean",
                                "where(mean > k, mean, x), x"))
                        + "\n}\nprint(sample(⟨P⟩, ⟨S⟩, n = 4, shape = [2], using = pc(predictor = " + name
                        + "(k = ⟨N⟩), steps = 2)))",
                1);
    }

    private String sampler(String name) {
        return values.filled(
                "sampler " + name + "(process, score, x; steps = 3) {\n  for i in 0 .. steps - 1 {\n    x = "
                        + one(List.of("x + 0.1*score(x, ⟨K⟩)", "denoised(process, score, x, ⟨K⟩)", "x*⟨N⟩", "⟨T⟩"))
                        + "\n  }\n  return x\n}\nprint(sample(⟨P⟩, ⟨S⟩, n = 4, shape = [2], using = " + name
                        + "(steps = ⟨I⟩)))",
                1);
    }

    private String loss(String name) {
        return values.filled(
                "loss " + name
                        + "(score, process, x0; k = 1) {\n  t = uniform(process.t_min, process.t_max, [x0.shape[0]])\n"
                        + "  z = randn_like(x0)\n  x = process.transition.mean(x0, t) + z\n  return "
                        + one(List.of(
                                "mean((score(x, t) + z)^2)",
                                "mean(abs(score(x, t))^k)",
                                "sum(z)",
                                "score(x, t)",
                                "⟨N⟩*mean(score(x, t)*⟨T⟩)"))
                        + "\n}\nprint(train(⟨M⟩, ⟨D⟩, ⟨P⟩, loss = " + name + "(), steps = 2, batch = 4).losses)",
                1);
    }

    private String schedule(String name) {
        return "schedule " + name + "(t; k = 2) = " + formulas.of(3, "t") + "\nprint(" + name + "(0.5), VP("
                + one(List.of("beta = " + name + "(k = 3)", name, "beta = " + name)) + ").transition)";
    }
}
