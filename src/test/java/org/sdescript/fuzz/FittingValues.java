package org.sdescript.fuzz;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Generates expressions of a kind from expressions of the kinds that they need; a few are of another kind. */
final class FittingValues {
    private static final int ONE_OF_ANOTHER_KIND_IN = 60;
    private static final Pattern HOLE = Pattern.compile("⟨(\\w)⟩");

    /**
     * The kinds: N a number, T a tensor [4, 2], V a vector [4], Q a square matrix, L a list, P a process, B a truth
     * value, S a score, F a function of one variable, U a sampler, Z a shape, D data, M a network, W a text, I a small
     * whole number, K a time, G a grid. The first form of a kind contains no other, so every expression ends.
     */
    private static final Map<Character, List<String>> FORMS = forms("""
            N: n ¦ 0.5 ¦ -1 ¦ 2.5 ¦ 1e-3 ¦ sum(⟨T⟩) ¦ mean(⟨T⟩) ¦ max(⟨T⟩) ¦ len(⟨L⟩) ¦ (⟨N⟩ + ⟨N⟩) ¦ ⟨N⟩*⟨N⟩ ¦ sqrt(abs(⟨N⟩))
            N: ⟨N⟩/(1 + ⟨N⟩^2) ¦ ⟨P⟩.transition.variance(0.3) ¦ ⟨P⟩.snr(0.5) ¦ (if ⟨B⟩ then ⟨N⟩ else ⟨N⟩) ¦ std(⟨T⟩)
            N: energy_distance(⟨T⟩, ⟨T⟩) ¦ number(norm(⟨T⟩)) ¦ sum(⟨L⟩) ¦ ⟨L⟩[0] ¦ mmd(⟨T⟩, x) ¦ frechet(⟨T⟩, x)
            N: mismatch(⟨P⟩, ⟨T⟩) ¦ det(⟨Q⟩) ¦ quantile(⟨T⟩, 0.3) ¦ median(⟨T⟩) ¦ ⟨F⟩(⟨N⟩) ¦ number(argmax(⟨V⟩)) ¦ ⟨T⟩.shape[0]
            N: integrate(u -> u^2, a = 0, b = ⟨N⟩) ¦ diff(u -> u^3)(⟨N⟩) ¦ {a: ⟨N⟩, b: ⟨L⟩}.a ¦ round(⟨N⟩) ¦ ⟨N⟩ % 3 ¦ min(⟨N⟩, ⟨N⟩)
            T: x ¦ randn([4, 2]) ¦ (⟨T⟩ + ⟨T⟩) ¦ ⟨T⟩*⟨N⟩ ¦ ⟨T⟩*⟨T⟩ ¦ exp(-abs(⟨T⟩)) ¦ where(⟨T⟩ > 0, ⟨T⟩, ⟨N⟩) ¦ sort(⟨T⟩)
            T: ⟨T⟩ - mean(⟨T⟩, axis = 0) ¦ ⟨T⟩ @ (transpose(⟨T⟩) @ ⟨T⟩) ¦ s(⟨T⟩, 0.5) ¦ ⟨P⟩.drift(⟨T⟩, 0.5) ¦ softmax(⟨T⟩)
            T: ⟨T⟩/(1 + ⟨T⟩^2) ¦ reshape(⟨T⟩, [4, 2]) ¦ concat([⟨T⟩[:2], ⟨T⟩[2:]], axis = 0) ¦ grad(u -> sum(u^2*⟨N⟩), ⟨T⟩)
            T: ⟨P⟩.transition.mean(⟨T⟩, 0.5) ¦ normal(std = 0.5).score(⟨P⟩)(⟨T⟩, 0.4) ¦ ⟨S⟩(⟨T⟩, ⟨K⟩) ¦ simulate(⟨P⟩, ⟨T⟩, steps = 3, paths = false)
            T: reverse(⟨P⟩, normal().score(⟨P⟩)).drift(⟨T⟩, 0.3) ¦ denoised(⟨P⟩, normal().score(⟨P⟩), ⟨T⟩, 0.5) ¦ ⟨T⟩ @ ⟨Q⟩
            T: rk4((u, t) -> ⟨N⟩ - u, ⟨T⟩, 0, 1, steps = 3) ¦ stack([⟨T⟩[:, 0], ⟨T⟩[:, 1]], axis = 1) ¦ cumsum(⟨T⟩, axis = 0)
            T: sample(⟨P⟩, normal().score(⟨P⟩), n = 4, shape = [2], using = ⟨U⟩) ¦ clip(⟨T⟩, -1, ⟨N⟩) ¦ shuffle(⟨T⟩) ¦ sqrt(abs(⟨T⟩))
            T: stack([align(⟨V⟩, ⟨T⟩)[:, 0], ⟨V⟩], axis = 1) ¦ log(abs(⟨T⟩) + 1) ¦ ⟨T⟩ - 1/(abs(⟨N⟩) + 1) ¦ each(⟨T⟩, u -> u*⟨N⟩)
            V: y ¦ ⟨T⟩[:, 0] ¦ sum(⟨T⟩, axis = 1) ¦ linspace(⟨N⟩, ⟨N⟩, 4) ¦ tensor([⟨N⟩, ⟨N⟩, 1, 2]) ¦ ⟨V⟩*⟨N⟩ ¦ ⟨V⟩/(1 + ⟨V⟩^2) ¦ arange(4)
            Q: ones([2, 2]) ¦ transpose(⟨T⟩) @ ⟨T⟩ ¦ inv(⟨Q⟩) ¦ ⟨Q⟩ @ ⟨Q⟩ ¦ ⟨Q⟩ + tensor([[2, 0], [0, 3]]) ¦ covariance(⟨T⟩)
            L: [1, 2, 3] ¦ [⟨N⟩, ⟨N⟩] ¦ [e*⟨N⟩ for e in ⟨L⟩] ¦ sorted(⟨L⟩) ¦ reversed(⟨L⟩) ¦ map(⟨L⟩, e -> e + ⟨N⟩) ¦ append(⟨L⟩, ⟨N⟩)
            L: list(⟨T⟩[:, 0]) ¦ [e for e in ⟨L⟩ if e > ⟨N⟩] ¦ uniform_grid(⟨P⟩, 3) ¦ range(4) ¦ values({a: ⟨N⟩, b: 2}) ¦ list(0..⟨I⟩) ¦ ⟨L⟩[1:]
            P: p ¦ VP() ¦ VE(hi = 5) ¦ OrnsteinUhlenbeck(mu = 1) ¦ SubVP(hi = 8) ¦ Karras() ¦ CosineVP() ¦ reverse(reverse(⟨P⟩))
            P: RectifiedFlow() ¦ DDPM(n = 10, hi = 3) ¦ SMLD(n = 10) ¦ retimed(⟨P⟩, u -> u^2) ¦ rescaled(⟨P⟩, u -> 1 + u) ¦ chain(⟨P⟩, ⟨I⟩)
            B: ⟨N⟩ < ⟨N⟩ ¦ true ¦ ⟨B⟩ and ⟨B⟩ ¦ not (⟨B⟩) ¦ ⟨N⟩ == ⟨N⟩ ¦ len(⟨L⟩) > 2 ¦ ⟨L⟩ == ⟨L⟩ ¦ equal(u -> u^2, ⟨F⟩) ¦ ⟨N⟩ <= ⟨N⟩ < ⟨N⟩
            S: s ¦ normal().score(⟨P⟩) ¦ mixture(means = [-1, ⟨N⟩]).score(⟨P⟩) ¦ ((u, t) -> -u*⟨N⟩) ¦ counted(⟨S⟩)
            S: train(⟨M⟩, ⟨D⟩, p, steps = 2, batch = 4)
            F: f ¦ (u -> u*⟨N⟩ + 1) ¦ (u -> sin(u)/(1 + u^2)) ¦ exp ¦ (u -> ⟨N⟩) ¦ (u -> sum(u^2)) ¦ simplify(u -> (u^2 - 1)/(u - 1)) ¦ diff(u -> exp(-⟨N⟩*u))
            U: pc(steps = 3) ¦ pc(predictor = ⟨A⟩, steps = ⟨I⟩) ¦ ode(method = rk4(steps = 2)) ¦ karras_heun(steps = 3) ¦ pc(corrector = langevin, steps = 2)
            A: euler_maruyama ¦ ode_heun ¦ ancestral ¦ exponential(eta = ⟨N⟩) ¦ multistep(order = ⟨I⟩) ¦ reverse_diffusion
            Z: [4, 2] ¦ [⟨I⟩] ¦ [⟨I⟩, ⟨I⟩] ¦ x.shape ¦ [2, 1, 4, 4]
            D: d ¦ x ¦ moons(⟨I⟩) ¦ labelled(⟨T⟩, ⟨V⟩ > 0) ¦ labelled(x, [0, 1, 0, 1]) ¦ ⟨T⟩
            M: mlp(hidden = 4, depth = 1) ¦ mlp(hidden = ⟨I⟩, depth = 1, features = 4)
            W: w ¦ "" ¦ "n = {⟨N⟩:.3f}" ¦ "{⟨L⟩}" ¦ string(⟨N⟩) ¦ join(["a", ⟨W⟩], ", ") ¦ latex(p) ¦ ⟨W⟩ + ⟨W⟩
            I: 2 ¦ 1 ¦ 3 ¦ 4 ¦ n ¦ len(⟨L⟩) ¦ 0
            K: 0.5 ¦ 0.1 ¦ p.t_max ¦ p.t_min ¦ ⟨N⟩ ¦ 0.9
            G: uniform_grid ¦ log_snr_grid ¦ karras_grid ¦ ⟨L⟩ ¦ power_grid(2)
            """);

    private final Random random;

    FittingValues(Random random) {
        this.random = random;
    }

    private static Map<Character, List<String>> forms(String text) {
        Map<Character, List<String>> forms = new HashMap<>();
        text.lines()
                .forEach(line ->
                        forms.merge(line.charAt(0), List.of(line.substring(3).split(" ¦ ")), FittingValues::joined));
        return Map.copyOf(forms);
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    String of(char kind, int depth) {
        char asked = random.nextInt(ONE_OF_ANOTHER_KIND_IN) == 0 ? anyKind() : kind;
        List<String> forms = FORMS.get(asked);
        return filled(depth <= 0 ? forms.getFirst() : forms.get(random.nextInt(forms.size())), depth - 1);
    }

    /** Replaces each ⟨kind⟩ in a text by an expression. */
    String filled(String form, int depth) {
        return HOLE.matcher(form)
                .replaceAll(hole -> Matcher.quoteReplacement(of(hole.group(1).charAt(0), depth)));
    }

    char anyKind() {
        List<Character> kinds =
                Arrays.asList('N', 'T', 'V', 'Q', 'L', 'P', 'B', 'S', 'F', 'U', 'Z', 'D', 'M', 'W', 'I', 'K');
        return kinds.get(random.nextInt(kinds.size()));
    }
}
