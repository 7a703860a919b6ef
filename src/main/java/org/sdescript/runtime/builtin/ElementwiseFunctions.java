package org.sdescript.runtime.builtin;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sdescript.algebra.Condition;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.ConditionValue;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** Elementwise functions of numbers, tensors and formulas. */
public final class ElementwiseFunctions implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("exp", elementwise(UnaryOperation.EXP)),
                Map.entry("log", elementwise(UnaryOperation.LOG)),
                Map.entry("expm1", elementwise(UnaryOperation.EXPM1)),
                Map.entry("log1p", elementwise(UnaryOperation.LOG1P)),
                Map.entry("abs", elementwise(UnaryOperation.ABS)),
                Map.entry("sin", elementwise(UnaryOperation.SIN)),
                Map.entry("cos", elementwise(UnaryOperation.COS)),
                Map.entry("tan", elementwise(UnaryOperation.TAN)),
                Map.entry("sinh", elementwise(UnaryOperation.SINH)),
                Map.entry("cosh", elementwise(UnaryOperation.COSH)),
                Map.entry("tanh", elementwise(UnaryOperation.TANH)),
                Map.entry("atan", elementwise(UnaryOperation.ATAN)),
                Map.entry("erf", elementwise(UnaryOperation.ERF)),
                Map.entry("sign", elementwise(UnaryOperation.SIGN)),
                Map.entry("floor", elementwise(UnaryOperation.FLOOR)),
                Map.entry("ceil", elementwise(UnaryOperation.CEIL)),
                Map.entry("sigmoid", elementwise(UnaryOperation.SIGMOID)),
                Map.entry("silu", elementwise(UnaryOperation.SILU)),
                Map.entry("relu", elementwise(UnaryOperation.RELU)),
                Map.entry("gelu", elementwise(UnaryOperation.GELU)),
                Map.entry("elu", elementwise(UnaryOperation.ELU)),
                Map.entry("softplus", elementwise(UnaryOperation.SOFTPLUS)),
                Map.entry("sqrt", ElementwiseFunctions::squareRoot),
                Map.entry("round", Rounding::rounded),
                Map.entry("where", ElementwiseFunctions::where),
                Map.entry("clip", ElementwiseFunctions::clip));
    }

    private static Builtin.Body elementwise(UnaryOperation operation) {
        return call -> apply(call, operation);
    }

    static Value apply(Call call, UnaryOperation operation) {
        Value x = call.value("x");
        if (x instanceof Value.FormulaValue formula) {
            return Elementary.named(call.name())
                    .map(function -> Formulas.apply(function, call.span(), formula))
                    .or(() -> composed(operation, call, formula))
                    .orElseGet(() -> numeric(call, formula, operation));
        }
        return call.tensors().unary(operation, call.tensor("x"), call.span());
    }

    /** Applies a function that formulas express by other functions. */
    private static Optional<Value> composed(UnaryOperation operation, Call call, Value.FormulaValue formula) {
        Optional<UnaryOperator<Expr>> made =
                switch (operation) {
                    case EXPM1 -> Optional.of(x -> Expr.exp(x).minus(Expr.ONE));
                    case LOG1P -> Optional.of(x -> Expr.log(Expr.ONE.plus(x)));
                    case SIGMOID -> Optional.of(x -> sigmoid(x));
                    case SILU -> Optional.of(x -> x.times(sigmoid(x)));
                    case SOFTPLUS -> Optional.of(x -> Expr.log(Expr.ONE.plus(Expr.exp(x))));
                    case RELU -> Optional.of(x -> Expr.apply(Elementary.MAX, x, Expr.ZERO));
                    case ELU ->
                        Optional.of(x -> Expr.choice(
                                Condition.greater(x, Expr.ZERO), x, Expr.exp(x).minus(Expr.ONE)));
                    case GELU ->
                        Optional.of(x -> Expr.product(
                                Expr.HALF,
                                x,
                                Expr.ONE.plus(Expr.apply(Elementary.ERF, x.over(Expr.sqrt(Expr.of(2)))))));
                    case NEGATE, RECIPROCAL, SQUARE, SQRT, EXP, LOG, ABS, SIGN, FLOOR, CEIL, ROUND, NOT ->
                        Optional.empty();
                    case SIN, COS, TAN, SINH, COSH, TANH, ATAN, ERF -> Optional.empty();
                };
        return made.map(function -> Formulas.compose(function, formula, call.span()));
    }

    private static Expr sigmoid(Expr x) {
        return Expr.ONE.plus(Expr.exp(x.negate())).pow(-1);
    }

    /** Applies a function without symbolic form to the value of a constant formula. */
    private static Value numeric(Call call, Value.FormulaValue formula, UnaryOperation operation) {
        double value = Formulas.constant(formula).orElseThrow(() -> call.diagnostic(
                        "E0440", call.name() + " has no place in a formula")
                .help("formulas know exp, log, sqrt, abs, sign, erf, min, max and the functions of trigonometry")
                .raise());
        return call.tensors().unary(operation, Value.number(value), call.span());
    }

    private static Value where(Call call) {
        Value mask = call.value("mask");
        if (mask instanceof Value.Bool(boolean holds)) {
            return holds ? call.value("a") : call.value("b");
        }
        if (mask instanceof ConditionValue open) {
            return Formulas.choose(open, call.value("a"), call.value("b"), call.span());
        }
        if (!(mask instanceof Value.TensorLike)) {
            throw Coercion.mismatch(mask, "the mask of where", "a mask such as `x > 0`", call.span());
        }
        Value a = call.tensor("a");
        Value b = call.tensor("b");
        boolean numbers = Tensors.isTensor(mask) && !Tensors.isTensor(a) && !Tensors.isTensor(b);
        // Two numbers chosen by a mask become a tensor in the run's precision.
        Value first = numbers ? call.tensors().fill(a, Shape.SCALAR, call.span()) : a;
        return call.tensors().apply(new Operation.Where(), call.span(), mask, first, b);
    }

    private static Value squareRoot(Call call) {
        return call.value("x") instanceof Value.FormulaValue(Expr x)
                ? new Value.FormulaValue(Expr.sqrt(x))
                : call.tensors().unary(UnaryOperation.SQRT, call.tensor("x"), call.span());
    }

    private static Value clip(Call call) {
        if (call.value("x") instanceof Value.FormulaValue) {
            return clipped(call);
        }
        Value least = call.tensors().binary(BinaryOperation.MAXIMUM, call.tensor("x"), call.tensor("a"), call.span());
        return call.tensors().binary(BinaryOperation.MINIMUM, least, call.tensor("b"), call.span());
    }

    private static Value clipped(Call call) {
        Value least = Formulas.apply(Elementary.MAX, call.span(), call.value("x"), call.value("a"));
        return Formulas.apply(Elementary.MIN, call.span(), least, call.value("b"));
    }
}
