package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
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
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.ConditionValue;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** Elementwise functions of numbers, tensors and formulas. */
public final class ElementwiseFunctions implements BuiltinLibrary {

    @Override
    public Chapter theme() {
        return Chapter.FUNCTIONS;
    }

    @Override
    public List<Builtin> builtins() {
        List<Builtin> all = new ArrayList<>(List.of(
                function(
                        "exp",
                        UnaryOperation.EXP,
                        "The exponential, element by element.",
                        "print(exp(1))  # 2.7182818"),
                function("log", UnaryOperation.LOG, "The natural logarithm.", "print(log(10))  # 2.3025851"),
                function(
                        "expm1",
                        UnaryOperation.EXPM1,
                        "exp(x) − 1, precise also for x near 0. A formula shows exp(x) − 1 and is computed with the"
                                + " same precision.",
                        "print(expm1(1e-10))  # 1.00000000005e-10"),
                function(
                        "log1p",
                        UnaryOperation.LOG1P,
                        "log(1 + x), precise also for x near 0. A formula shows log(1 + x) and is computed with the"
                                + " same precision.",
                        "print(log1p(1e-10))  # 9.9999999995e-11"),
                function("abs", UnaryOperation.ABS, "The absolute value.", "print(abs(-2))  # 2"),
                function("sin", UnaryOperation.SIN, "The sine, of radians.", "print(sin(pi/2))  # 1"),
                function("cos", UnaryOperation.COS, "The cosine, of radians.", "print(cos(pi))  # -1"),
                function("tan", UnaryOperation.TAN, "The tangent, of radians.", "print(tan(1))  # 1.5574077"),
                function("sinh", UnaryOperation.SINH, "The hyperbolic sine.", "print(sinh(1))  # 1.1752012"),
                function("cosh", UnaryOperation.COSH, "The hyperbolic cosine.", "print(cosh(1))  # 1.5430806"),
                function("tanh", UnaryOperation.TANH, "The hyperbolic tangent.", "print(tanh(0.5))  # 0.46211716"),
                function(
                        "atan",
                        UnaryOperation.ATAN,
                        "The inverse tangent, in (−π/2, π/2).",
                        "print(atan(1))  # 0.78539816"),
                function(
                        "erf",
                        UnaryOperation.ERF,
                        "The error function 2/√π ∫₀ˣ exp(−u²) du.",
                        "print(erf(1))  # 0.84270079"),
                function("sign", UnaryOperation.SIGN, "−1, 0 or 1.", "print(sign(-3))  # -1"),
                function(
                        "floor",
                        UnaryOperation.FLOOR,
                        "The largest whole number that is at most x.",
                        "print(floor(2.7))  # 2"),
                function(
                        "ceil",
                        UnaryOperation.CEIL,
                        "The smallest whole number that is at least x.",
                        "print(ceil(2.1), ceil(-2.7))  # 3 -2"),
                function("sigmoid", UnaryOperation.SIGMOID, "1/(1 + exp(−x)).", "print(sigmoid(0))  # 0.5"),
                function(
                        "silu",
                        UnaryOperation.SILU,
                        "x·sigmoid(x), a smooth activation.",
                        "print(silu(1))  # 0.73105858"),
                function("relu", UnaryOperation.RELU, "max(x, 0).", "print(relu(-1))  # 0"),
                function(
                        "gelu",
                        UnaryOperation.GELU,
                        "x·Φ(x) with the normal distribution function Φ.",
                        "print(gelu(1))  # 0.84134475"),
                function(
                        "elu",
                        UnaryOperation.ELU,
                        "x where positive, exp(x) − 1 elsewhere.",
                        "print(elu(-1))  # -0.63212056"),
                function("softplus", UnaryOperation.SOFTPLUS, "log(1 + exp(x)).", "print(softplus(0))  # 0.69314718")));
        all.add(squareRoot());
        all.add(Rounding.round());
        all.add(where());
        all.add(clip());
        return all;
    }

    private static Builtin function(String name, UnaryOperation operation, String doc, String example) {
        return Builtin.named(name, "x").doc(doc).example(example).is(call -> apply(call, operation));
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

    private static Builtin squareRoot() {
        return Builtin.named("sqrt", "x")
                .doc("The square root.")
                .example("print(sqrt(2))  # 1.4142136")
                .is(call -> call.value("x") instanceof Value.FormulaValue(Expr x)
                        ? new Value.FormulaValue(Expr.sqrt(x))
                        : call.tensors().unary(UnaryOperation.SQRT, call.tensor("x"), call.span()));
    }

    private static Builtin where() {
        return Builtin.named("where", "mask", "a", "b")
                .doc("a where the mask is true, b elsewhere. The shapes broadcast.")
                .example("print(where(tensor([1, -1]) > 0, 1, 0))  # tensor([1, 0])")
                .is(ElementwiseFunctions::where);
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

    private static Builtin clip() {
        return Builtin.named("clip", "x", "a", "b")
                .doc("x limited to the range from a to b.")
                .example("print(clip(1.5, 0, 1))  # 1")
                .is(call -> isFormula(call.value("x"))
                        ? clipped(call)
                        : call.tensors()
                                .binary(
                                        BinaryOperation.MINIMUM,
                                        call.tensors()
                                                .binary(
                                                        BinaryOperation.MAXIMUM,
                                                        call.tensor("x"),
                                                        call.tensor("a"),
                                                        call.span()),
                                        call.tensor("b"),
                                        call.span()));
    }

    private static boolean isFormula(Value value) {
        return value instanceof Value.FormulaValue;
    }

    private static Value clipped(Call call) {
        Value least = Formulas.apply(Elementary.MAX, call.span(), call.value("x"), call.value("a"));
        return Formulas.apply(Elementary.MIN, call.span(), least, call.value("b"));
    }
}
