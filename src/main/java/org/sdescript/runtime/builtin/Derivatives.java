package org.sdescript.runtime.builtin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.DerivativeAtPoint;
import org.sdescript.runtime.kernel.Differentiation;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.RecordedDifferentiation;
import org.sdescript.source.Span;

/**
 * Derivatives of functions of tensors and numbers. They nest, work inside kernels, and are differentiable in
 * training.
 */
public final class Derivatives implements BuiltinLibrary {

    private static final Set<String> OWN_ERRORS = Set.of("E0550", "E0551");

    /** A product with the Jacobian, from the left or the right. */
    private interface Direction {
        Value of(DerivativeAtPoint at, Value v, Span place);
    }

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("grad", Derivatives::gradient),
                Map.entry("jvp", call -> directional(call, DerivativeAtPoint::forward, true)),
                Map.entry("vjp", call -> directional(call, DerivativeAtPoint::backward, false)),
                Map.entry("divergence", Derivatives::divergence),
                Map.entry("detach", Derivatives::detach));
    }

    private static Value gradient(Call call) {
        Value x = point(call);
        Value result = alongEitherWay(
                call,
                List.of(x),
                (f, given) -> gradient(call, at(call, f, given.getFirst())),
                () -> recorded(call, x, false, at -> gradient(call, at)));
        return inForm(x, result, call);
    }

    private static Value gradient(Call call, DerivativeAtPoint at) {
        if (!isSingle(at.result(), call)) {
            throw notSingle(call, at.result());
        }
        return at.backward(Value.number(1), call.span());
    }

    private static Value directional(Call call, Direction derivative, boolean forward) {
        Value x = point(call);
        Value result = alongEitherWay(
                call,
                List.of(x, call.value("v")),
                (f, given) -> directional(call, at(call, f, given.get(0)), derivative, given.get(1)),
                () -> recorded(call, x, forward, at -> directional(call, at, derivative, call.value("v"))));
        return inForm(Value.None.NONE, result, call);
    }

    private static Value directional(Call call, DerivativeAtPoint at, Direction derivative, Value v) {
        if (foreign(at.result()).isPresent()) {
            throw noNumbers(call, at.result());
        }
        return derivative.of(at, v, call.place("v"));
    }

    /**
     * Derives a function by one kernel. A function that no kernel can hold, such as one that samples or branches on
     * values, is run step by step and recorded.
     */
    private static Value alongEitherWay(
            Call call,
            List<Value> arguments,
            BiFunction<Callable, List<Value>, Value> traced,
            Supplier<Value> recorded) {
        Kernels kernels = Kernels.of(call.interpreter());
        try {
            return kernels.within(call.name(), call.callable("f"), arguments, call.span(), traced);
        } catch (SdeError error) {
            if (call.interpreter().tracer() != null || isOurs(error)) {
                throw error;
            }
            return recorded.get();
        }
    }

    /** True for an error of the derivative itself, which does not depend on the way that f is run. */
    private static boolean isOurs(SdeError error) {
        return OWN_ERRORS.contains(error.diagnostics().getFirst().code());
    }

    private static Value recorded(Call call, Value x, boolean forward, Function<DerivativeAtPoint, Value> derivative) {
        return call.interpreter().keepingOnlyResult(() -> {
            try (RecordedDifferentiation at =
                    RecordedDifferentiation.of(call.interpreter(), call.callable("f"), x, call.span(), forward)) {
                return derivative.apply(at);
            }
        });
    }

    /** Makes numbers of the derivatives by numbers, unless a derivative around this one follows them. */
    private static Value inForm(Value form, Value result, Call call) {
        Interpreter interpreter = call.interpreter();
        return interpreter.tracer() != null || interpreter.kernels().isRecorded(result)
                ? result
                : Differentiation.numbersOf(form, result);
    }

    private static Value divergence(Call call) {
        Value x = point(call);
        Divergence divergence = Divergence.of(call);
        Object callee = List.of(call.name(), List.of(call.value("probes"), call.value("noise")));
        return Kernels.of(call.interpreter())
                .within(callee, call.callable("f"), List.of(x), call.span(), (f, given) -> {
                    Differentiation at = at(call, f, given.getFirst());
                    if (!Divergence.fits(at.result(), at.point(), call.tensors())) {
                        throw Diagnostic.error(
                                        "E0552",
                                        call.place("f"),
                                        "the function of divergence gives " + told(at.result(), call) + " where x is "
                                                + told(at.point(), call))
                                .help("a divergence needs a field: a function whose value has the form of x")
                                .raise();
                    }
                    return divergence.of(at);
                });
    }

    private static Value detach(Call call) {
        if (call.value("x") instanceof Value.FormulaValue) {
            throw call.diagnostic("E0440", "detach has no place in a formula")
                    .help("in a formula `diff(f, x)` takes all symbols but x as constants")
                    .raise();
        }
        return call.tensors().detach(call.tensor("x"), call.span());
    }

    private static Differentiation at(Call call, Callable f, Value x) {
        return Differentiation.of(call.interpreter(), f, x, call.span());
    }

    private static Value point(Call call) {
        Value x = call.value("x");
        if (x instanceof Value.FormulaValue) {
            throw call.diagnostic("E0553", call.name() + " does not derive formulas")
                    .help("`diff(f, x)` does, exactly")
                    .raise();
        }
        foreign(x).ifPresent(part -> {
            String what = part == x ? x.words() : x.words() + " that holds " + part.words();
            throw Diagnostic.error(
                            "E0554",
                            call.place("x"),
                            "`x` of " + call.name() + " is " + what + ", which holds no numbers to differentiate"
                                    + " by")
                    .help("derivatives are with respect to a number, a tensor, or a list or record of these")
                    .raise();
        });
        return x;
    }

    /** Returns the first part that is not a number or a tensor, searching lists and records. */
    private static Optional<Value> foreign(Value value) {
        return switch (value) {
            case Value.Num number -> Optional.empty();
            case Value.TensorLike tensor -> Optional.empty();
            case TensorSource source -> Optional.empty();
            case Value.ListValue(var elements) -> foreign(elements);
            case Value.RecordValue(Map<String, Value> fields) -> foreign(fields.values());
            default -> Optional.of(value);
        };
    }

    private static Optional<Value> foreign(Collection<Value> values) {
        return values.stream()
                .map(Derivatives::foreign)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean isSingle(Value value, Call call) {
        return value instanceof Value.Num
                || value instanceof Value.TensorLike
                        && call.tensors().shape(value).elements() == 1;
    }

    private static SdeError notSingle(Call call, Value result) {
        return Diagnostic.error(
                        "E0550",
                        call.place("f"),
                        "the function of grad gives " + told(result, call) + ", and not one number")
                .help("for one number for each sample, return the `sum(…)`: its gradient at a sample is that"
                        + " of the sample's own number")
                .raise();
    }

    private static SdeError noNumbers(Call call, Value result) {
        return Diagnostic.error(
                        "E0550",
                        call.place("f"),
                        "the function of " + call.name() + " gives " + told(result, call) + ", and no numbers")
                .help("it gives a number, a tensor, or a list or record of these")
                .raise();
    }

    private static String told(Value value, Call call) {
        return Tensors.isTensor(value) ? shapeOf(value, call.tensors()) : value.words();
    }

    private static String shapeOf(Value value, Tensors tensors) {
        Shape shape = tensors.shape(value);
        return shape.rank() == 0 ? "a single number" : "a tensor of shape " + shape;
    }
}
