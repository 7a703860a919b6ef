package org.sdescript.process.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A derivation in steps, from the given process to the result. */
public record Explanation(String title, List<Step> steps) {

    /**
     * One step.
     *
     * @param rule the sentence that states the operation, with formulas between backticks
     * @param source the citation of the rule; empty for plain arithmetic
     */
    public record Step(String rule, Optional<Citation> source, List<Formula> formulas) {
        public Step {
            formulas = List.copyOf(formulas);
        }

        /** Returns the sentence without backticks. */
        public String sentence() {
            return StepText.text(rule);
        }

        /** Returns the sentence as HTML, with its formulas as MathML. */
        public String html() {
            return StepText.html(rule);
        }
    }

    public Explanation {
        steps = List.copyOf(steps);
    }

    public static Explanation of(String title) {
        return new Explanation(title, List.of());
    }

    public Explanation step(String rule, Formula... formulas) {
        return and(new Step(rule, Optional.empty(), Arrays.asList(formulas)));
    }

    public Explanation step(String rule, Citation source, Formula... formulas) {
        return and(new Step(rule, Optional.of(source), Arrays.asList(formulas)));
    }

    /** Appends the steps of another derivation. */
    public Explanation and(Explanation other) {
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

    /** Returns the formula that a derivation ends in. */
    public Formula result() {
        return steps.getLast().formulas().getLast();
    }

    /** Returns LaTeX: a list of steps under a heading. */
    public String latex() {
        return ExplanationLatex.of(this);
    }

    /** Returns HTML: a numbered list of steps under a heading, with the formulas as MathML. */
    public String html() {
        return ExplanationHtml.of(this);
    }

    /** Returns a sentence as LaTeX, outside math mode. */
    public static String words(String sentence) {
        return StepText.latex(sentence);
    }

    /** Returns numbered steps with their formulas below them. */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
