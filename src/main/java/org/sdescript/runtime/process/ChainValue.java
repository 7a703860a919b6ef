package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;
import static org.sdescript.runtime.process.StateValues.combine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.check.Kind;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Affinity;
import org.sdescript.process.Chain;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Value;

/** A Markov chain with its own steps, for numbers and tensors. Steps are counted from 1 to n. */
public final class ChainValue implements Explainable, FieldTable.Owner {
    private static final FieldTable<ChainValue> FIELDS = FieldTable.of(
            value("n", its -> Value.number(its.chain.count())),
            value("time", ChainValue::timeOfStep),
            method("mean", List.of("x", "i"), (its, call) -> its.perState(state -> its.mean(call, state))),
            method("mean_coef", List.of("i"), ChainValue::coefficient),
            method("std", List.of("i"), (its, call) -> its.perState(state -> its.std(call, state))),
            method("step", List.of("x", "i"), ChainValue::step));

    private final Chain chain;
    private final Supplier<Explanation> derivation;

    public ChainValue(Chain chain, Supplier<Explanation> derivation) {
        this.chain = chain;
        this.derivation = derivation;
    }

    @Override
    public Kind kind() {
        return Kind.CHAIN;
    }

    @Override
    public String show() {
        return chain.toString();
    }

    @Override
    public String latex() {
        return chain.latex();
    }

    @Override
    public Explanation explanation() {
        return derivation.get();
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    private Builtin timeOfStep() {
        return Builtin.named("time", "i")
                .wants("i", ParameterType.number(NumberRange.COUNT))
                .is(call -> Value.number(time(call)));
    }

    private double time(Call call) {
        int i = call.integer("i");
        if (i > chain.count()) {
            throw Diagnostic.error("E0626", call.span(), "a chain of " + chain.count() + " steps has no step " + i)
                    .help("steps are counted from 1 to n")
                    .raise();
        }
        return i * chain.step();
    }

    private Map<Expr.Symbol, Value> times(Call call) {
        return new HashMap<>(Map.of(chain.time(), Value.number(time(call)), Chain.STEP, Value.number(chain.step())));
    }

    private Value mean(Call call, int state) {
        Map<Expr.Symbol, Value> values = times(call);
        for (int j = 0; j < chain.states().size(); j++) {
            values.put(chain.states().get(j), before(call, j));
        }
        return of(chain.mean().get(state), values, call);
    }

    /** Returns the mean coefficient of a single state with a linear step; throws for other chains. */
    private Value coefficient(Call call) {
        Expr slope = org.sdescript.algebra.Derivative.of(
                chain.mean().getFirst(), chain.states().getFirst());
        if (chain.states().size() > 1 || !Affinity.isAffine(chain.mean().getFirst(), chain.states())) {
            throw call.diagnostic("E0627", "this chain has no mean coefficient: its step is not linear in one state")
                    .help("`mean(x, i)` is the mean of step i from x")
                    .raise();
        }
        return of(slope, times(call), call);
    }

    private Value std(Call call, int state) {
        return of(chain.spread().get(state), times(call), call);
    }

    /** Draws one step from x. */
    private Value step(Call call) {
        Value noise = call.tensors().normal(call.tensors().shape(before(call, 0)), call.span());
        return perState(state -> combine(
                BinaryOperator.ADD,
                mean(call, state),
                combine(BinaryOperator.MULTIPLY, std(call, state), noise, call),
                call));
    }

    private Value of(Expr expression, Map<Expr.Symbol, Value> values, Call call) {
        return FormulaEvaluation.of(expression, values, chain.time(), null, call.tensors(), call.span());
    }

    private Value before(Call call, int state) {
        String name = chain.states().get(state).name();
        Value x = call.value("x");
        if (chain.states().size() == 1 && !(x instanceof Value.RecordValue)) {
            return call.operand("x");
        }
        if (x instanceof Value.RecordValue(var fields) && fields.get(name) instanceof Value value) {
            return call.tensors().requireOperand(value, "the state `" + name + "`", call.span());
        }
        throw Coercion.mismatch(x, "`x`", "a record with the states: `{" + name + ": …}`", call.span());
    }

    private Value perState(IntFunction<Value> of) {
        if (chain.states().size() == 1) {
            return of.apply(0);
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < chain.states().size(); i++) {
            fields.put(chain.states().get(i).name(), of.apply(i));
        }
        return new Value.RecordValue(fields);
    }

    @Override
    public String toString() {
        return show();
    }
}
