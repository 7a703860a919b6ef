package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.AxisOrigin;
import org.sdescript.graph.Node;
import org.sdescript.graph.Shape;
import org.sdescript.process.Process;
import org.sdescript.source.Span;

/** Checks that the result of a score, network, predictor or corrector has the shape of its x. */
public final class ShapeChecks {
    private final Tensors tensors;
    private final Span span;

    private ShapeChecks(Tensors tensors, Span span) {
        this.tensors = tensors;
        this.span = span;
    }

    /** Returns the result of a score; throws if its shape differs from x. A number is a constant score. */
    public static Value ofScore(Callable score, Value result, Value x, Tensors tensors, Span span) {
        ShapeChecks fit = new ShapeChecks(tensors, span);
        if (fit.isForm(x) && !(result instanceof Value.Num) && !fit.fits(result, x)) {
            throw fit.refused("E0514", "the score", result, x)
                    .note("the score is " + score.show())
                    .help("a score (x, t) returns a tensor of the shape of x")
                    .raise();
        }
        return result;
    }

    /** Returns the result of a network; throws if its shape differs from x. */
    public static Value ofNetwork(Callable network, Value result, Value x, Tensors tensors, Span span) {
        Span declared =
                network instanceof Closure closure ? closure.declaration().nameSpan() : span;
        ShapeChecks fit = new ShapeChecks(tensors, BuiltinLibrary.holds(declared) ? span : declared);
        if (!fit.fits(result, x)) {
            String name = network.signature().name();
            throw fit.refused("E0530", "the network " + name, result, x)
                    .help(fit.lastLayer(result, x))
                    .raise();
        }
        return result;
    }

    private String lastLayer(Value result, Value x) {
        Shape wanted = Tensors.isTensor(x) ? tensors.shape(x) : Shape.SCALAR;
        Shape given = Tensors.isTensor(result) ? tensors.shape(result) : Shape.SCALAR;
        if (wanted.rank() < 4) {
            return "its last layer needs as many features as x: `dense(h, x.shape[1])`";
        }
        return given.rank() == wanted.rank() && given.size(1) == wanted.size(1)
                ? "`conv2d` without `padding` of its own keeps the size of images; each stride or pooling by 2 needs an"
                        + " `upsample(h, 2)` or `conv_transpose2d` that undoes it"
                : "its last layer needs as many channels as x: `conv2d(h, x.shape[1])`";
    }

    /**
     * Returns the result of a predictor or corrector: the next x and its mean without noise, both in the shape of x.
     * A predictor with the variable {@code past} also returns a third value, which the next step receives.
     */
    static Value ofStep(Closure step, Value result, Value x, Tensors tensors) {
        ShapeChecks fit = new ShapeChecks(tensors, step.declaration().nameSpan());
        String who = "the " + step.declaration().kind().word() + " "
                + step.declaration().name();
        if (!(result instanceof Value.ListValue(var all)) || all.size() != (step.remembers() ? 3 : 2)) {
            throw fit.miscounted(step, who + " returns " + fit.told(result));
        }
        List<Value> both = all.subList(0, 2);
        for (Value each : both) {
            if (fit.isForm(x) && !fit.fits(each, x)) {
                String which = each == both.getFirst() ? "" : " as its mean";
                throw fit.refused("E0532", who, each, x, which)
                        .help("the next x and its mean have the shape of x")
                        .raise();
            }
        }
        return result;
    }

    /** Returns the result of a method of simulation: the next x, and with the variable {@code past} its memory. */
    static Value ofMethod(Closure method, Value result, Tensors tensors) {
        int count = result instanceof Value.ListValue(var all) ? all.size() : 1;
        if (count == (method.remembers() ? 2 : 1)) {
            return result;
        }
        Span span = method.declaration().nameSpan();
        String what =
                "the method " + method.declaration().name() + " returns " + new ShapeChecks(tensors, span).told(result);
        throw (method.remembers()
                        ? Diagnostic.error("E0531", span, what + ", and not two values")
                                .note("the variable `past` of a method receives the second value of the step before")
                                .help("end it with `return next, past`: the next x, and the memory for the next step")
                        : Diagnostic.error("E0531", span, what + ", and not one value")
                                .help("end it with `return next`; a method with the variable `past` returns its"
                                        + " memory as well"))
                .raise();
    }

    private RuntimeException miscounted(Closure step, String what) {
        return step.remembers()
                ? Diagnostic.error("E0531", span, what + ", and not three values")
                        .note("the variable `past` of a predictor receives the third value of the step before")
                        .help("end it with `return next, mean, past`: the next x, the next x without its"
                                + " noise, and the memory for the next step")
                        .raise()
                : Diagnostic.error("E0531", span, what + ", and not two values")
                        .help("end it with `return next, mean`: the next x, and the next x without its noise")
                        .raise();
    }

    /** Returns the noise for a process: in the shape of x, or a number that is broadcast. */
    public static Value ofNoise(Value z, Value x, Tensors tensors, Span span) {
        ShapeChecks fit = new ShapeChecks(tensors, span);
        if (Tensors.isTensor(z) && Tensors.isTensor(x) && !fit.fits(z, x)) {
            throw Diagnostic.error("E0535", span, "the noise z is " + fit.told(z) + " where x is " + fit.told(x))
                    .help("`randn_like(x)` draws noise of the shape of x")
                    .raise();
        }
        return z;
    }

    /**
     * Returns the start of a sampling: a tensor of samples, or for a system a record with one such tensor per state.
     */
    public static Value ofStart(Value start, Process process, Tensors tensors, Span span) {
        List<String> states =
                process.states().stream().map(state -> state.name()).toList();
        boolean hasStates = start instanceof Value.RecordValue(var fields)
                ? states.size() > 1 && fields.keySet().equals(Set.copyOf(states))
                : states.size() == 1;
        Optional<Shape> shape = SampleSlices.uniform(start, tensors);
        boolean isEmpty =
                shape.filter(whole -> whole.rank() > 0 && whole.size(0) == 0).isPresent();
        if (!hasStates || isEmpty || shape.filter(whole -> whole.rank() > 0).isEmpty()) {
            String wanted = (states.size() == 1 ? "a tensor [n, …]" : "a record of tensors [n, …] of the states")
                    + (isEmpty ? " of one sample at least" : "");
            throw Diagnostic.error(
                            "E0950",
                            span,
                            "`start` is " + new ShapeChecks(tensors, span).told(start) + ", and not " + wanted)
                    .note("the states of " + process.name() + " are " + String.join(", ", states))
                    .help("draws of the prior have this form: `p.prior.sample([n, 2])`")
                    .raise();
        }
        return TensorLeaves.replace(start, leaf -> tensors.cast(leaf, tensors.precision(), span));
    }

    /**
     * Returns the given noise of a sampler: for each state of x, a tensor of draws for all n samples. A sampler draws
     * the states in the order of x, whatever their order in the record of noise.
     *
     * @param wiener the names of the Wiener processes of a system that has more of them than states, which may be those
     *     of the record; else empty
     */
    public static GivenNoise ofNoise(Value noise, Value x, List<String> wiener, int n, Tensors tensors, Span span) {
        ShapeChecks fit = new ShapeChecks(tensors, span);
        List<Value> states = TensorLeaves.of(x);
        boolean byName = !wiener.isEmpty()
                && noise instanceof Value.RecordValue(var fields)
                && fields.keySet().equals(Set.copyOf(wiener));
        List<Value> given = byName ? inOrder(wiener, noise) : inOrderOf(x, noise);
        boolean fits = given.size() == (byName ? wiener.size() : states.size());
        for (int i = 0; fits && i < given.size(); i++) {
            Shape state = tensors.shape(byName ? states.getFirst() : states.get(i));
            List<Long> sizes = new ArrayList<>(List.of((long) n));
            sizes.addAll(state.sizes().subList(1, state.rank()));
            Shape its = Tensors.isTensor(given.get(i)) ? tensors.shape(given.get(i)) : Shape.SCALAR;
            fits = its.rank() > 1 && its.sizes().subList(1, its.rank()).equals(sizes);
            fits &= !byName || its.equals(tensors.shape(given.getFirst()));
        }
        if (!fits) {
            throw Diagnostic.error("E0952", span, "`noise` is " + fit.told(noise) + " where x is " + fit.told(x))
                    .help("`noise` has the shape [draws, n, …]: an axis of draws, then the shape of all"
                            + " samples; for a system it is a record of such tensors"
                            + (wiener.isEmpty() ? "" : ", of the states or of " + String.join(", ", wiener)))
                    .raise();
        }
        return new GivenNoise(given, wiener, byName, tensors, span);
    }

    /** Returns the parts of noise in the order of the states of x; none if the names differ. */
    private static List<Value> inOrderOf(Value x, Value noise) {
        if (x instanceof Value.RecordValue(var states)) {
            return noise instanceof Value.RecordValue(var fields)
                            && fields.keySet().equals(states.keySet())
                    ? inOrder(states.keySet(), noise)
                    : List.of();
        }
        return noise instanceof Value.RecordValue ? List.of() : TensorLeaves.of(noise);
    }

    private static List<Value> inOrder(Collection<String> names, Value noise) {
        Map<String, Value> fields = ((Value.RecordValue) noise).fields();
        return names.stream()
                .flatMap(name -> TensorLeaves.of(Objects.requireNonNull(fields.get(name))).stream())
                .toList();
    }

    /** Returns the result of a sampler; throws if its shape differs from the start. */
    public static Value ofSampler(Callable sampler, Value end, Value start, Tensors tensors, Span span) {
        ShapeChecks fit = new ShapeChecks(tensors, span);
        if (!fit.fits(end, start)) {
            throw fit.refused("E0533", "the sampler " + sampler.show(), end, start)
                    .help("a sampler takes x at t_max and returns as many samples of the same shape at t_min")
                    .raise();
        }
        return end;
    }

    private boolean isForm(Value x) {
        return Tensors.isTensor(x) || x instanceof Value.RecordValue;
    }

    /** True for two tensors of one shape, or two records of such tensors. */
    private boolean fits(Value value, Value x) {
        if (value instanceof Value.RecordValue(var fields) && x instanceof Value.RecordValue(var its)) {
            return fields.keySet().equals(its.keySet())
                    && fields.entrySet().stream()
                            .allMatch(field -> fits(field.getValue(), Objects.requireNonNull(its.get(field.getKey()))));
        }
        return Tensors.isTensor(value)
                && Tensors.isTensor(x)
                && tensors.shape(value).equals(tensors.shape(x));
    }

    private Diagnostic refused(String code, String who, Value result, Value x) {
        return refused(code, who, result, x, "");
    }

    /** Points the error at the expression that set the wrong size, if the expression is in the script's own text. */
    private Diagnostic refused(String code, String who, Value result, Value x, String as) {
        String message = who + " returns " + told(result) + as + " where x is " + told(x);
        return culprit(result, x)
                .map(node -> BuiltinLibrary.holds(node.span().orElseThrow())
                        ? Diagnostic.error(code, span, message)
                                .note(ValueOrigin.assigned(node.span().orElseThrow())
                                        .text(span))
                        : Diagnostic.error(code, node.span().orElseThrow(), message))
                .orElseGet(() -> Diagnostic.error(code, span, message));
    }

    /** Returns the node that set the first size in which the result differs from x. */
    private Optional<Node> culprit(Value result, Value x) {
        if (!(result instanceof Value.TracedValue(Node node)) || node.isNumber() || !Tensors.isTensor(x)) {
            return Optional.empty();
        }
        List<Long> given = node.shape().sizes();
        Shape wanted = tensors.shape(x);
        for (int axis = 0; axis < given.size(); axis++) {
            if (axis >= wanted.rank() || given.get(axis) != wanted.size(axis)) {
                return Optional.of(AxisOrigin.of(node, axis))
                        .filter(origin -> origin.span().isPresent());
            }
        }
        return node.span().map(its -> node);
    }

    private String told(Value value) {
        if (value instanceof Value.ListValue(var all) && !all.isEmpty()) {
            return all.size() == 1 ? "a list of one value" : all.size() + " values";
        }
        return ShapeNotes.shapeText(value, tensors).orElseGet(value::words);
    }
}
