package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Convert;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Library;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Theme;
import org.sdescript.runtime.Value;

/** Functions of each element by itself; of numbers, tensors and formulas alike. */
public final class ElementwiseFunctions implements Library {

    @Override
    public Theme theme() {
        return Theme.FUNCTIONS;
    }

    @Override
    public List<Builtin> builtins() {
        List<Builtin> all = new ArrayList<>(List.of(
                function("exp", UnaryOperation.EXP, "The exponential, element by element.", "exp(1)"),
                function("log", UnaryOperation.LOG, "The natural logarithm.", "log(10)"),
                function("abs", UnaryOperation.ABS, "The absolute value.", "abs(-2)"),
                function("sin", UnaryOperation.SIN, "The sine, of radians.", "sin(pi/6)"),
                function("cos", UnaryOperation.COS, "The cosine, of radians.", "cos(pi/3)"),
                function("tan", UnaryOperation.TAN, "The tangent, of radians.", "tan(pi/4)"),
                function("sinh", UnaryOperation.SINH, "The hyperbolic sine.", "sinh(1)"),
                function("cosh", UnaryOperation.COSH, "The hyperbolic cosine.", "cosh(1)"),
                function("tanh", UnaryOperation.TANH, "The hyperbolic tangent.", "tanh(0.5)"),
                function("erf", UnaryOperation.ERF, "The error function 2/√π ∫₀ˣ exp(−u²) du.", "erf(1)"),
                function("sign", UnaryOperation.SIGN, "−1, 0 or 1.", "sign(-3)"),
                function("floor", UnaryOperation.FLOOR, "The largest whole number that is not larger.", "floor(2.7)"),
                function(
                        "round",
                        UnaryOperation.ROUND,
                        "The nearest whole number, halves to the even one.",
                        "round(2.5)"),
                function("sigmoid", UnaryOperation.SIGMOID, "1/(1 + exp(−x)).", "sigmoid(0)"),
                function("silu", UnaryOperation.SILU, "x·sigmoid(x), a smooth activation.", "silu(1)"),
                function("relu", UnaryOperation.RELU, "max(x, 0).", "relu(-1)"),
                function("gelu", UnaryOperation.GELU, "x·Φ(x) with the normal distribution function Φ.", "gelu(1)"),
                function("elu", UnaryOperation.ELU, "x where positive, exp(x) − 1 elsewhere.", "elu(-1)"),
                function("softplus", UnaryOperation.SOFTPLUS, "log(1 + exp(x)).", "softplus(0)")));
        all.add(squareRoot());
        all.add(where());
        all.add(clip());
        return all;
    }

    private static Builtin function(String name, UnaryOperation operation, String doc, String example) {
        return Builtin.named(name, "x").doc(doc).example(example).is(call -> apply(call, operation));
    }

    private static Value apply(Call call, UnaryOperation operation) {
        Value x = call.value("x");
        if (x instanceof Value.FormulaValue formula) {
            return Elementary.named(call.name())
                    .map(function -> Formulas.apply(function, call.span(), formula))
                    .orElseGet(() -> numeric(call, formula, operation));
        }
        return call.tensors().unary(operation, call.tensor("x"), call.span());
    }

    /** A function that formulas don't know is taken of their value, if they have one. */
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
                .example("sqrt(2)")
                .is(call -> call.value("x") instanceof Value.FormulaValue(Expr x)
                        ? new Value.FormulaValue(Expr.sqrt(x))
                        : call.tensors().unary(UnaryOperation.SQRT, call.tensor("x"), call.span()));
    }

    private static Builtin where() {
        return Builtin.named("where", "mask", "a", "b")
                .doc("a where the mask holds, b elsewhere; the shapes broadcast.")
                .example("where(tensor([1, -1]) > 0, 1, 0)")
                .is(ElementwiseFunctions::where);
    }

    private static Value where(Call call) {
        Value mask = call.value("mask");
        if (mask instanceof Value.Bool(boolean holds)) {
            return holds ? call.value("a") : call.value("b");
        }
        if (!(mask instanceof Value.TensorLike)) {
            throw Convert.mismatch(mask, "the mask of where", "a mask such as `x > 0`", call.span());
        }
        Value a = call.tensor("a");
        Value b = call.tensor("b");
        boolean numbers = Tensors.isTensor(mask) && !Tensors.isTensor(a) && !Tensors.isTensor(b);
        // Two numbers chosen by a mask become a tensor, which has the run's precision.
        Value first = numbers ? call.tensors().fill(a, Shape.SCALAR, call.span()) : a;
        return call.tensors().apply(new Operation.Where(), call.span(), mask, first, b);
    }

    private static Builtin clip() {
        return Builtin.named("clip", "x", "a", "b")
                .doc("x, but at least a and at most b.")
                .example("clip(1.5, 0, 1)")
                .is(call -> call.tensors()
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
}
