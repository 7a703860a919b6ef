package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Condition;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.MathMl;
import org.sdescript.algebra.MathMlReader;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ExplanationTest {
    private static final Symbol V = Expr.symbol("v");
    private static final Pattern SIGNS = Pattern.compile("`[^`]*`");

    private static Process system(double pull, double friction) {
        return Process.of(
                "S",
                T,
                1e-5,
                1,
                List.of(X, V),
                List.of("w"),
                List.of(V, Expr.of(-pull).times(X).minus(Expr.of(friction).times(V))),
                List.of(List.of(Expr.ZERO), List.of(Expr.ONE)));
    }

    private static Process uneven() {
        return Processes.process("U", Expr.exp(T.pow(2)).negate().times(X), Expr.ONE);
    }

    private static Stream<Process> processes() {
        return Stream.of(
                Processes.vp(), Processes.ve(), Processes.ornsteinUhlenbeck(), Processes.cosine(), system(4, 1));
    }

    @Test
    void an_explanation_ends_in_what_is_derived_and_its_latex_is_balanced() {
        processes().forEach(p -> {
            endsIn(ReversalSteps.reverse(p), Reversal.reverse(p).toString());
            endsIn(ReversalSteps.flow(p), Reversal.flow(p).toString());
            endsIn(ReversalSteps.reverse(p, T), Reversal.reverse(p, T).toString());
            Transition transition = p.transition();
            endsIn(TransitionSteps.of(p), transition.toString());
            endsIn(TransitionSteps.prior(p), p.prior().toString());
            Stream.of(
                            p.latex(),
                            transition.latex(),
                            p.prior().latex(),
                            FormSteps.of(p).latex())
                    .forEach(LatexStructure::check);
            Stream.of(p.latex(), transition.latex(), p.prior().latex())
                    .forEach(latex -> MathMlReader.agrees(MathMl.displayed(latex), latex));
            hasTheSameMathMl(FormSteps.of(p));
        });
    }

    /** Compares the formulas below the steps, and those within the sentences, in order. */
    private static void hasTheSameMathMl(Explanation explanation) {
        NodeList shown = MathMlReader.parsed(explanation.html()).getElementsByTagName("math");
        List<String> written = explanation.steps().stream()
                .flatMap(step -> Stream.concat(
                        SIGNS.matcher(step.rule()).results().map(signs -> Explanation.words(signs.group())
                                .replace("$", "")),
                        step.formulas().stream().map(Formula::latex)))
                .toList();
        assertThat(shown.getLength()).isEqualTo(written.size());
        for (int i = 0; i < written.size(); i++) {
            MathMlReader.agrees((Element) shown.item(i), written.get(i));
        }
    }

    @Test
    void a_wide_matrix_is_written_entry_by_entry() {
        Symbol a = Expr.symbol("a");
        Process three = Process.of(
                "Three",
                T,
                1e-5,
                1,
                List.of(X, V, a),
                List.of("w"),
                List.of(V, a.minus(V), Expr.of(-2).times(a)),
                List.of(List.of(Expr.ZERO), List.of(Expr.ONE), List.of(Expr.ONE)));
        String text = three.transition().toString();
        assertThat(text)
                .contains("Φ = [ 1 ", "\n  Σₓₓ = ", "\n  Σₓᵥ = ", "\n  Σₐₐ = ")
                .doesNotContain("Σᵥₓ");
        assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isLessThanOrEqualTo(100);
        LatexStructure.check(three.transition().latex());
        assertThat(three.transition().latex()).contains("\\Sigma_{x v} &= ");
    }

    private static void endsIn(Explanation explanation, String derived) {
        LatexStructure.check(explanation.latex());
        hasTheSameMathMl(explanation);
        assertThat(explanation.steps().getLast().formulas().getLast().text()).isEqualTo(derived);
    }

    @Test
    void reversed_twice_an_explanation_ends_in_the_process() {
        Process back = Reversal.reverse(Processes.vp());
        endsIn(ReversalSteps.reverse(back), Reversal.reverse(back).toString());
        endsIn(TransitionSteps.of(back), Processes.vp().transition().toString());
        LatexStructure.check(Chain.of(Processes.vp(), 10).latex());
    }

    @Test
    void changes_of_variable_and_clock_are_explained() {
        processes().forEach(p -> {
            Expr scale = Expr.exp(T);
            endsIn(
                    ChangeOfVariablesSteps.rescaled(p, scale),
                    ChangeOfVariables.rescaled(p, scale).toString());
            endsIn(
                    ChangeOfVariablesSteps.retimed(p, T.pow(2)),
                    ChangeOfVariables.retimed(p, T.pow(2)).toString());
        });
        Process vp = Processes.vp();
        endsIn(
                ChangeOfVariablesSteps.unscaled(vp),
                ChangeOfVariables.unscaled(vp).toString());
        assertThat(ChangeOfVariables.unscaled(vp).drift()).containsExactly(Expr.ZERO);
    }

    @Test
    void the_cases_of_two_states_are_told_apart() {
        assertThat(TransitionSteps.of(system(1, 2)).toString().replaceAll("\\s+", " "))
                .contains("critical damping");
        assertThat(TransitionSteps.of(system(1, 3)).toString().replaceAll("\\s+", " "))
                .contains("without oscillation");
        assertThat(TransitionSteps.of(system(4, 1)).toString().replaceAll("\\s+", " "))
                .contains("the mean oscillates");
    }

    @Test
    void numbers_are_said_to_be_numbers() {
        String text = TransitionSteps.of(uneven()).toString().replaceAll("\\s+", " ");
        assertThat(text).contains("No closed form was found", "integrated numerically", "computed numerically");
    }

    @Test
    void noise_at_time_0_is_spoken_of_where_it_was_stated() {
        Process late = Process.ofTransition("Late", T, 1e-5, 1, X, Expr.ONE, T.plus(Expr.ONE));
        assertThat(TransitionSteps.of(late).toString()).contains("At time 0", "v(0) = 1");
        assertThat(TransitionSteps.of(Processes.cosine()).toString()).doesNotContain("At time 0");
    }

    /** e³ = 20.1 of x(0) against √((e⁶ − 1)/6) = 8.19; e^−½ = 0.607 against 0.795; e⁻⁵·⁰²⁵ = 0.00657 for VP. */
    @Test
    void a_prior_says_how_much_of_the_start_is_left() {
        assertThat(prior(Processes.process("G", Expr.of(3).times(X), Expr.ONE)))
                .contains("much of x(0) is left: its coefficient is 20.1")
                .contains("8.19");
        assertThat(prior(Processes.process("H", X.times(Expr.HALF).negate(), Expr.ONE)))
                .contains("much of x(0) is left: its coefficient is 0.607");
        assertThat(prior(Processes.vp())).contains("little of x(0) is left: its coefficient is 0.00657");
        assertThat(prior(Process.ofTransition("S", T, 0, 1, X, Expr.ONE.minus(T), T)))
                .contains("nothing of x(0) is left");
        assertThat(prior(Systems.cld())).contains("little of the start is left");
        assertThat(prior(Processes.process("Still", X.negate(), Expr.ZERO))).contains("There is no noise");
    }

    private static String prior(Process p) {
        return TransitionSteps.prior(p).toString().replaceAll("\\s+", " ");
    }

    /** In reversed time the noise spreads the density in the opposite direction. */
    @Test
    void the_flow_of_a_reverse_has_the_signs_of_its_time() {
        Process back = Reversal.reverse(Processes.vp());
        assertThat(ReversalSteps.flow(back).toString())
                .contains("∂p/∂t = −∇·(f̄ p) − ½ ∇·(∇·(G Gᵀ p))")
                .contains("[f̄ + ½ ∇·(G Gᵀ) + ½ G Gᵀ ∇ log p]");
        assertThat(ReversalSteps.reverse(back, Expr.HALF).toString())
                .contains("f̄ + ½ (1 + λ²)")
                .contains("run forwards");
        assertThat(ReversalSteps.flow(Processes.vp()).toString()).contains("∂p/∂t = −∇·(f p) + ½");
    }

    @Test
    void noise_that_depends_on_the_state_is_not_said_to_be_free_of_it() {
        Expr jump = Expr.choice(Condition.greater(X, Expr.ZERO), Expr.of(2), Expr.ONE);
        String free = "the noise does not depend on the state";
        assertThat(flowOf(Processes.process("D", X.negate(), jump)))
                .doesNotContain(free)
                .contains("jump or a kink");
        Process crossed = Process.of(
                "C", T, 1e-5, 1, List.of(X, V), List.of("w"), List.of(X, V), List.of(List.of(V), List.of(Expr.ZERO)));
        assertThat(flowOf(crossed)).doesNotContain(free).contains("add up to zero");
        assertThat(flowOf(Processes.vp())).contains(free);
    }

    private static String flowOf(Process p) {
        return ReversalSteps.flow(p).toString().replaceAll("\\s+", " ");
    }

    @Test
    void statements_on_eigenvalues_and_cycles_are_true() {
        assertThat(TransitionSteps.of(system(0, 0)).toString()).doesNotContain("critical damping");
        Process growing = Process.of(
                "Growing",
                T,
                1e-5,
                1,
                List.of(X, V),
                List.of("w"),
                List.of(X.plus(V), V.times(Expr.of(2))),
                List.of(List.of(Expr.ZERO), List.of(Expr.ONE)));
        assertThat(TransitionSteps.of(growing).toString()).doesNotContain("damped");
        Symbol y = Expr.symbol("y");
        Symbol u = Expr.symbol("u");
        Process pairs = Process.of(
                "Pairs",
                T,
                1e-5,
                1,
                List.of(X, V, y, u),
                List.of("w_1", "w_2"),
                List.of(V, X.negate(), u, y.negate()),
                List.of(
                        List.of(Expr.ZERO, Expr.ZERO),
                        List.of(Expr.ONE, Expr.ZERO),
                        List.of(Expr.ZERO, Expr.ZERO),
                        List.of(Expr.ZERO, Expr.ONE)));
        assertThat(TransitionSteps.of(pairs).toString()).doesNotContain("cycle").contains("do not drive each other");
        assertThat(pairs.transition().isNumeric()).isFalse();
    }
}
