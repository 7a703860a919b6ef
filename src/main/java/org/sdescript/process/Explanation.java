package org.sdescript.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A derivation in steps, from what was given to what came out. */
public record Explanation(String title, List<Step> steps) {

    /**
     * One step.
     *
     * @param rule what is done, in a sentence whose signs stand between backticks
     * @param source where the rule comes from; empty where it is arithmetic
     */
    public record Step(String rule, Optional<Source> source, List<Formula> formulas) {
        public Step {
            formulas = List.copyOf(formulas);
        }

        /** What is done, in a sentence. */
        public String sentence() {
            return Sentence.text(rule);
        }
    }

    public Explanation {
        steps = List.copyOf(steps);
    }

    static Explanation of(String title) {
        return new Explanation(title, List.of());
    }

    Explanation step(String rule, Formula... formulas) {
        return and(new Step(rule, Optional.empty(), Arrays.asList(formulas)));
    }

    Explanation step(String rule, Source source, Formula... formulas) {
        return and(new Step(rule, Optional.of(source), Arrays.asList(formulas)));
    }

    /** The steps of another derivation, under this title. */
    Explanation and(Explanation other) {
        Explanation whole = this;
        for (Step step : other.steps) {
            whole = whole.and(step);
        }
        return whole;
    }

    private Explanation and(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Explanation(title, more);
    }

    /** For LaTeX: a list of steps under a heading. */
    public String latex() {
        return ExplanationLatex.of(this);
    }

    /** A sentence for LaTeX, outside of math mode. */
    public static String words(String sentence) {
        return Sentence.latex(sentence);
    }

    /** Numbered steps, their formulas below them. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
