package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Simplification;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.process.Affinity;
import org.sdescript.process.CommonBasis;
import org.sdescript.runtime.DerivativeCut;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.MatrixParameter;
import org.sdescript.runtime.TensorParameter;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Writes the equation of a vector state with constant matrices, dx = −A@x dt + B@dw, in the orthonormal basis in which the
 * matrices are diagonal: there each component moves by itself, a matrix is a parameter of one number for each component,
 * its eigenvalue, and the noise has the same law. Vectors of the drift are rotated, too.
 */
final class MatrixFormation {
    private final Interpreter interpreter;
    private final String process;
    private final Expr.Symbol state;
    private final Span span;
    private final Map<Expr.Parameter, Expr> inBasis = new LinkedHashMap<>();
    private final Expr.Parameter basis;
    private final ComponentBasis rotation;

    private MatrixFormation(
            Interpreter interpreter, String process, Expr.Symbol state, Set<Expr.Parameter> matrices, Span span) {
        this.interpreter = interpreter;
        this.process = process;
        this.state = state;
        this.span = span;
        List<Expr.Parameter> each = List.copyOf(matrices);
        int size = size(each);
        CommonBasis found = CommonBasis.of(
                        each.stream().map(matrix -> rows(matrix, size)).toList(), rounding(each))
                .orElseThrow(() -> withoutBasis(each));
        for (int k = 0; k < each.size(); k++) {
            inBasis.put(
                    each.get(k),
                    derived(
                            each.get(k).name(),
                            Shape.of(size),
                            found.eigenvalues().get(k)));
        }
        double[] vectors =
                Arrays.stream(found.vectors()).flatMapToDouble(Arrays::stream).toArray();
        this.basis = derived("Q", Shape.of(size, size), vectors);
        this.rotation = new ComponentBasis(basis, process);
    }

    /** The equation of a process in the basis. */
    record Formed(Expr drift, List<Expr> diffusion, List<Expr> stratonovich, Expr.Parameter basis) {}

    /** True if a formula names a matrix. */
    static boolean concerns(Stream<Expr> formulas) {
        return formulas.anyMatch(e -> !MatrixParameter.in(e).isEmpty());
    }

    /** Returns the equation of the only state in the basis of its matrices. */
    static Formed of(
            Interpreter interpreter,
            String process,
            Expr.Symbol state,
            Expr drift,
            List<Expr> diffusion,
            List<Expr> stratonovich,
            Span span) {
        Set<Expr.Parameter> matrices = new LinkedHashSet<>(MatrixParameter.in(drift));
        diffusion.forEach(g -> matrices.addAll(MatrixParameter.in(g)));
        MatrixFormation formation = new MatrixFormation(interpreter, process, state, matrices, span);
        return new Formed(
                formation.drift(drift),
                diffusion.stream().map(formation::noise).toList(),
                stratonovich.stream().map(formation::noise).toList(),
                formation.basis);
    }

    private Tensors tensors() {
        return interpreter.tensors();
    }

    private Expr.Parameter derived(String name, Shape shape, double[] numbers) {
        Value.TensorLike held = (Value.TensorLike) tensors().literal(DType.FLOAT64, shape, numbers, span);
        return TensorParameter.derived(name, held, tensors(), span);
    }

    private int size(List<Expr.Parameter> matrices) {
        Expr.Parameter first = matrices.getFirst();
        for (Expr.Parameter matrix : matrices) {
            MatrixParameter held = (MatrixParameter) matrix.owner();
            if (held.size() != ((MatrixParameter) first.owner()).size()) {
                throw Diagnostic.error(
                                "E0687",
                                span,
                                "`" + first.name() + "` and `" + matrix.name() + "` are matrices of different sizes, "
                                        + ((MatrixParameter) first.owner()).size() + " and " + held.size())
                        .help("a matrix has as many rows and columns as x has components")
                        .raise();
            }
            DerivativeCut.requireConstant(
                    held.entries().value(), "the matrix `" + matrix.name() + "`", interpreter, span);
            if (held.numbers().length == 0) {
                throw Diagnostic.error(
                                "E0688",
                                span,
                                "the numbers of the matrix `" + matrix.name() + "` are not known in a kernel")
                        .help("make the process before, and give it to the kernel")
                        .raise();
            }
        }
        return Math.toIntExact(((MatrixParameter) first.owner()).size());
    }

    private static double[][] rows(Expr.Parameter matrix, int size) {
        double[] entries = ((MatrixParameter) matrix.owner()).numbers();
        double[][] rows = new double[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = Arrays.copyOfRange(entries, i * size, (i + 1) * size);
        }
        return rows;
    }

    /** Returns the relative rounding of the entries as they were computed. */
    private double rounding(List<Expr.Parameter> matrices) {
        boolean isSingle = matrices.stream()
                .map(matrix -> tensors()
                        .type(((MatrixParameter) matrix.owner()).entries().value()))
                .anyMatch(type -> type instanceof Type.TensorType(DType dtype, Shape shape) && dtype == DType.FLOAT32);
        return isSingle ? 0x1p-24 : 0x1p-53;
    }

    private RuntimeException withoutBasis(List<Expr.Parameter> matrices) {
        String names = String.join(
                ", ", matrices.stream().map(matrix -> "`" + matrix.name() + "`").toList());
        return Diagnostic.error(
                        "E0689",
                        span,
                        matrices.size() == 1
                                ? "the matrix " + names + " is not symmetric"
                                : "the matrices " + names + " are not symmetric, or do not commute")
                .note("a process with matrices is derived in an orthonormal basis in which all of them are diagonal")
                .help("write a system of few components out, an equation for each: `dx = …`, `dy = …`")
                .raise();
    }

    /** Returns the drift in the basis; throws unless it is linear in the state and in vectors. */
    private Expr drift(Expr written) {
        Expr drift = withEigenvalues(written);
        Map<Expr.Symbol, Expr> vectors = new LinkedHashMap<>();
        for (Expr.Parameter parameter : drift.parameters()) {
            if (isVector(parameter)) {
                Expr.Symbol symbol = Expr.symbol(parameter.name() + " vector " + vectors.size());
                vectors.put(symbol, rotated(parameter));
                drift = (drift.replace(parameter, symbol).parameters().contains(parameter)
                                ? drift.expandCalls()
                                : drift)
                        .replace(parameter, symbol);
            }
        }
        List<Expr.Symbol> linear = new ArrayList<>(vectors.keySet());
        linear.add(state);
        if (!Affinity.isAffine(drift, linear)) {
            throw Diagnostic.error(
                            "E0690",
                            span,
                            "the drift of " + process + " has a matrix, and is not linear in " + state.name()
                                    + " and in the tensors beside it")
                    .help(
                            "a drift with matrices is a sum of terms such as `A@x`, `A@(mu - x)`, `-theta*x` and `mu`, with"
                                    + " factors of time; compute a function of a tensor before: `m = sin(mu)` outside of the sde")
                    .raise();
        }
        Expr constant = drift;
        for (Expr.Symbol symbol : linear) {
            constant = constant.with(symbol, Expr.ZERO);
        }
        if (Simplification.of(constant).isZero()) {
            return drift.with(vectors);
        }
        Expr whole = Simplification.of(constant).times(rotation.ones(tensors(), span));
        for (Expr.Symbol symbol : linear) {
            whole = whole.plus(Simplification.of(Derivative.of(drift, symbol)).times(symbol));
        }
        return whole.with(vectors);
    }

    /** Returns the coordinates of a mean of the prior, one number or a vector. */
    static Expr coordinates(Expr mean, ComponentBasis basis, Tensors tensors, Span span) {
        if (mean.isZero()) {
            return mean;
        }
        return mean instanceof Expr.Parameter parameter
                        && parameter.owner() instanceof TensorParameter held
                        && held.shape().rank() > 0
                ? TensorParameter.derived(
                        parameter.name(), (Value.TensorLike) basis.into(held.value(), tensors, span), tensors, span)
                : mean.times(basis.ones(tensors, span));
    }

    /** Returns a standard deviation of the prior; throws if it differs between components. */
    static Expr sameForAll(Expr std, ComponentBasis basis, Span span) {
        if (std.hasSeveral()) {
            throw Diagnostic.error(
                            "E0690",
                            span,
                            "the prior has a standard deviation for each component, and the matrices of "
                                    + basis.process() + " mix the components")
                    .help("give one number, or no prior: it is derived")
                    .raise();
        }
        return std;
    }

    /** Returns a coefficient of noise in the basis; throws if it has vectors. */
    private Expr noise(Expr written) {
        Expr noise = withEigenvalues(written);
        for (Expr.Parameter parameter : noise.parameters()) {
            if (isVector(parameter)) {
                throw Diagnostic.error(
                                "E0690",
                                span,
                                "the noise of " + process + " has a number for each component, `" + parameter.name()
                                        + "`, beside matrices that mix the components")
                        .help("give one number, or a matrix: `B@dw`")
                        .raise();
            }
        }
        return noise;
    }

    private Expr withEigenvalues(Expr written) {
        Expr result = written;
        for (Map.Entry<Expr.Parameter, Expr> matrix : inBasis.entrySet()) {
            result = result.replace(matrix.getKey(), matrix.getValue());
        }
        return result;
    }

    private boolean isVector(Expr.Parameter parameter) {
        return parameter.owner() instanceof TensorParameter held
                && held.shape().rank() > 0
                && !inBasis.containsValue(parameter);
    }

    private Expr.Parameter rotated(Expr.Parameter vector) {
        TensorParameter held = (TensorParameter) vector.owner();
        Value.TensorLike turned = (Value.TensorLike) rotation.into(held.value(), tensors(), span);
        return TensorParameter.derived(vector.name(), turned, tensors(), span);
    }
}
