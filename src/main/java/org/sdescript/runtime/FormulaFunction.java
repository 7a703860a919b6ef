package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.check.Kind;

/**
 * A function given by a formula of its variables: the result of {@code simplify}, {@code diff} and {@code integrate}.
 * Prints as mathematics; accepts numbers (in double precision), tensors (also in kernels) and formulas.
 */
public final class FormulaFunction implements Callable {
    private static final String TIME = "t";

    private final List<Symbol> variables;
    private final Expr body;
    private @Nullable Evaluation compiled;

    public FormulaFunction(List<Symbol> variables, Expr body) {
        this.variables = List.copyOf(variables);
        this.body = body;
    }

    public List<Symbol> variables() {
        return variables;
    }

    public Expr body() {
        return body;
    }

    @Override
    public SlotTable signature() {
        List<SlotTable.Slot> slots = variables.stream()
                .map(variable -> new SlotTable.Slot(variable.name(), SlotTable.Fallback.REQUIRED))
                .toList();
        return new SlotTable("the formula", slots, List.of(), false);
    }

    @Override
    public FormulaFunction configured(Map<String, Value> given) {
        return this;
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        List<Value> values = new ArrayList<>();
        Map<Symbol, Value> bySymbol = new LinkedHashMap<>();
        for (Symbol variable : variables) {
            Value value = interpreter
                    .tensors()
                    .requireOperand(
                            Objects.requireNonNull(binding.given().get(variable.name())),
                            "`" + variable.name() + "` of " + show(),
                            arguments.span());
            values.add(value);
            bySymbol.put(variable, value);
        }
        if (!body.hasParameters() && values.stream().allMatch(Value.Num.class::isInstance)) {
            return Value.number(evaluation()
                    .at(values.stream()
                            .mapToDouble(value -> ((Value.Num) value).value())
                            .toArray()));
        }
        Value samples =
                variables.size() > 1 && !variables.getFirst().name().equals(TIME) && Tensors.isTensor(values.getFirst())
                        ? values.getFirst()
                        : null;
        return FormulaEvaluation.of(
                body, bySymbol, Expr.symbol(TIME), samples, interpreter.tensors(), arguments.span());
    }

    private Evaluation evaluation() {
        if (compiled == null) {
            compiled = Evaluation.of(body, variables.toArray(Symbol[]::new));
        }
        return compiled;
    }

    @Override
    public Kind kind() {
        return Kind.FORMULA;
    }

    @Override
    public String words() {
        return "a formula of "
                + String.join(", ", variables.stream().map(Symbol::name).toList());
    }

    @Override
    public String show() {
        return org.sdescript.algebra.Text.of(body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormulaFunction its && its.variables.equals(variables) && its.body.equals(body);
    }

    @Override
    public int hashCode() {
        return variables.hashCode() * 31 + body.hashCode();
    }

    @Override
    public String toString() {
        return show();
    }
}
