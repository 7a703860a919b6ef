package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.ast.Expression;
import org.sdescript.ast.SdeItem;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Affinity;
import org.sdescript.process.Chain;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.FormulaElements;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Builds a chain from its lines {@code x[i] = …}. During their evaluation the index i is t/h and N is 1/h, so that
 * i/N is the time t; {@code beta[i]} is β(t) h, and {@code x[i-1]} is the state before the step.
 */
final class ChainFormation {
    private static final Symbol NOISE = Expr.symbol("noise");

    private final Interpreter interpreter;
    private final Environment scope;
    private final Symbol time;
    private final SdeItem.ChainIndex index;
    private final int count;

    ChainFormation(Interpreter interpreter, Environment scope, String time, SdeItem.ChainIndex index) {
        this.interpreter = interpreter;
        this.scope = scope;
        this.time = Expr.symbol(time);
        this.index = index;
        this.count = count();
    }

    private int count() {
        int first = Coercion.integer(interpreter.evaluate(index.from(), scope), "the first step", index.span());
        int last = Coercion.integer(interpreter.evaluate(index.to(), scope), "the last step", index.span());
        if (first != 1 || last < 1) {
            throw Diagnostic.error("E0628", index.span(), "the steps of a chain are counted from 1")
                    .help("write `" + index.index() + " in 1..1000`")
                    .raise();
        }
        return last;
    }

    /** Binds the names that the lines of a chain can read. */
    void bind(List<SdeItem.ChainEquation> equations) {
        Expr count = Chain.STEP.pow(-1);
        scope.bind(index.index(), new Value.FormulaValue(time.over(Chain.STEP)));
        scope.bind("N", new Value.FormulaValue(count));
        if (index.to() instanceof Expression.Name(String name, Span span)) {
            scope.bind(name, new Value.FormulaValue(count));
        }
        scope.bind(NOISE.name(), new Value.FormulaValue(NOISE));
        equations.forEach(
                equation -> scope.bind(equation.state(), new PreviousState(Expr.symbol(equation.state()), time)));
    }

    Chain form(List<SdeItem.ChainEquation> equations) {
        List<Symbol> states = new ArrayList<>();
        List<Expr> mean = new ArrayList<>();
        List<Expr> spread = new ArrayList<>();
        for (SdeItem.ChainEquation equation : equations) {
            // expanded, h (t/h − 1) is t − h, which has a value at h = 0
            Expr right = Expansion.of(Formulas.expression(
                    interpreter.evaluate(equation.value(), scope.call(true)),
                    equation.value().span()));
            Expr noise = Derivative.of(right, NOISE);
            states.add(Expr.symbol(equation.state()));
            mean.add(right.with(NOISE, Expr.ZERO));
            spread.add(noise);
            requireLinear(equation, right, noise);
        }
        return new Chain(Expr.symbol(index.index()), time, 1, count, states, mean, spread);
    }

    private void requireLinear(SdeItem.ChainEquation equation, Expr right, Expr noise) {
        if (!noise.isFreeOf(NOISE) || !Affinity.isSmooth(right, List.of(NOISE))) {
            throw Diagnostic.error("E0629", equation.value().span(), "the noise of a chain is added, times a factor")
                    .help("write `… + sqrt(beta[" + index.index() + "])*noise`")
                    .raise();
        }
    }

    /** {@code x[i-1]}: the state before the step. */
    record PreviousState(Symbol state, Symbol time) implements FormulaElements {
        @Override
        public Kind kind() {
            return Kind.CHAIN_STATE;
        }

        @Override
        public String show() {
            return state.name();
        }

        @Override
        public Value at(Value place, Span span) {
            Expr before = time.over(Chain.STEP).minus(Expr.ONE);
            if (Formulas.expression(place, span).equals(before)) {
                return new Value.FormulaValue(state);
            }
            throw Diagnostic.error("E0629", span, "a step of a chain is made of the state before it")
                    .help("write `" + state.name() + "[i-1]`")
                    .raise();
        }
    }
}
