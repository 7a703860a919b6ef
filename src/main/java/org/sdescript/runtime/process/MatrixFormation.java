package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.sdescript.runtime.MatrixTerms;
import org.sdescript.runtime.TensorParameter;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * Writes the equation of a vector state with constant matrices, dx = −A@x dt + B@dw, in the orthonormal basis in which the
 * matrices are diagonal: there each component moves by itself, a matrix is a parameter of one number for each component,
 * its eigenvalue, and the noise has the same law. Vectors of the drift are rotated, too. Matrices without such a basis stay
 * in the equation, in the order in which they are applied.
 */
final class MatrixFormation {
    private final Interpreter interpreter;
    private final String process;
    private final Expr.Symbol state;
    private final Span span;
    private final List<Expr.Parameter> matrices;
    private final int size;
    private final Map<Expr.Parameter, Expr> inBasis = new LinkedHashMap<>();

    private MatrixFormation(
            Interpreter interpreter, String process, Expr.Symbol state, Set<Expr.Parameter> matrices, Span span) {
        this.interpreter = interpreter;
        this.process = process;
        this.state = state;
        this.span = span;
        this.matrices = List.copyOf(matrices);
        this.size = size(this.matrices);
    }

    /**
     * The equation of a process.
     *
     * @param basis the basis in which the equation is written; empty if the matrices stand in it themselves
     */
    record Formed(
            Expr drift, List<Expr> diffusion, List<Expr> stratonovich, Optional<Expr.Parameter> basis, int size) {}

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
        return formation
                .basis(drift, diffusion)
                .map(found -> formation.inBasis(found, drift, diffusion, stratonovich))
                .orElseGet(() -> {
                    formation.requireProducts(drift, diffusion);
                    return new Formed(drift, diffusion, stratonovich, Optional.empty(), formation.size);
                });
    }

    /**
     * Returns the common basis; empty without one, and where a rotation would change the rest of the equation: a drift that is
     * not linear, or a number for each component beside x or the noise.
     */
    private Optional<CommonBasis> basis(Expr drift, List<Expr> diffusion) {
        Named named = named(drift);
        boolean turns = Affinity.isAffine(named.formula(), named.linear())
                && diffusion.stream()
                        .allMatch(g -> g.isFreeOf(state) && named(g).vectors().isEmpty());
        return turns
                ? CommonBasis.of(
                        matrices.stream().map(matrix -> rows(matrix, size)).toList(), rounding(matrices))
                : Optional.empty();
    }

    /** A formula with symbols in place of its vectors. */
    private record Named(Expr formula, Map<Expr.Symbol, Expr.Parameter> vectors, Expr.Symbol state) {
        List<Expr.Symbol> linear() {
            List<Expr.Symbol> linear = new ArrayList<>(vectors.keySet());
            linear.add(state);
            return linear;
        }
    }

    private Named named(Expr written) {
        Expr formula = written;
        Map<Expr.Symbol, Expr.Parameter> vectors = new LinkedHashMap<>();
        for (Expr.Parameter parameter : written.parameters()) {
            if (isVector(parameter)) {
                Expr.Symbol symbol = Expr.symbol(parameter.name() + " vector " + vectors.size());
                vectors.put(symbol, parameter);
                Expr replaced = formula.replace(parameter, symbol);
                formula = replaced.parameters().contains(parameter)
                        ? replaced.expandCalls().replace(parameter, symbol)
                        : replaced;
            }
        }
        return new Named(formula, vectors, state);
    }

    private Formed inBasis(CommonBasis found, Expr drift, List<Expr> diffusion, List<Expr> stratonovich) {
        for (int k = 0; k < matrices.size(); k++) {
            double[] eigenvalues = found.eigenvalues().get(k);
            inBasis.put(matrices.get(k), derived(matrices.get(k).name(), Shape.of(size), eigenvalues));
        }
        double[] vectors =
                Arrays.stream(found.vectors()).flatMapToDouble(Arrays::stream).toArray();
        Expr.Parameter basis = derived("Q", Shape.of(size, size), vectors);
        return new Formed(
                drift(drift, new ComponentBasis(basis, process)),
                diffusion.stream().map(this::withEigenvalues).toList(),
                stratonovich.stream().map(this::withEigenvalues).toList(),
                Optional.of(basis),
                size);
    }

    /** Throws unless each matrix is applied once, to a sum of x and vectors, and the noise has one symmetric matrix. */
    private void requireProducts(Expr drift, List<Expr> diffusion) {
        MatrixTerms terms = MatrixTerms.of(drift.expandCalls());
        for (MatrixTerms.Term term : terms.terms()) {
            Named applied = named(term.once());
            if (!term.twice().isZero() || !Affinity.isAffine(applied.formula(), applied.linear())) {
                throw ordered("the matrix `" + term.matrix().name() + "`");
            }
        }
        if (!terms.is(drift)) {
            throw ordered("a product of matrices");
        }
        for (Expr g : diffusion) {
            Set<Expr.Parameter> own = MatrixParameter.in(g);
            if (!own.isEmpty()) {
                requireNoise(g, own, diffusion.size());
            }
        }
    }

    private void requireNoise(Expr g, Set<Expr.Parameter> own, int noises) {
        MatrixTerms terms = MatrixTerms.of(g);
        boolean isAlone = noises == 1
                && own.size() == 1
                && terms.rest().isZero()
                && terms.is(g)
                && terms.terms().getFirst().twice().isZero()
                && terms.terms().getFirst().once().isFreeOf(state)
                && !terms.terms().getFirst().once().hasSeveral();
        Expr.Parameter matrix = own.iterator().next();
        if (isAlone && isSymmetric(matrix)) {
            return;
        }
        throw Diagnostic.error(
                        "E0689",
                        span,
                        isAlone
                                ? "the matrix `" + matrix.name() + "` of the noise is not symmetric"
                                : "the noise of " + process + " is more than one matrix with a factor of time")
                .note("the matrices " + names() + " have no common orthonormal basis")
                .help("only B Bᵀ matters for the law, so the symmetric root gives the same process:"
                        + " `values, vectors = eigh(B@transpose(B))`, `root = vectors*sqrt(values)@transpose(vectors)`")
                .raise();
    }

    private boolean isSymmetric(Expr.Parameter matrix) {
        return CommonBasis.of(List.<double[][]>of(rows(matrix, size)), rounding(matrices))
                .isPresent();
    }

    private String names() {
        return String.join(
                ", ", matrices.stream().map(matrix -> "`" + matrix.name() + "`").toList());
    }

    private RuntimeException ordered(String what) {
        return Diagnostic.error("E0690", span, what + " in the drift of " + process + " is not applied to x alone")
                .help("a matrix is applied to a sum of x and vectors, last: `A@x`, `beta(t)*A@(mu - x)`; functions of x"
                        + " stand beside it: `A@x - x^3`")
                .raise();
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

    /** Returns the drift in the basis, in which a number for all components is a multiple of a vector. */
    private Expr drift(Expr written, ComponentBasis rotation) {
        Named named = named(withEigenvalues(written));
        Map<Expr.Symbol, Expr> vectors = new LinkedHashMap<>();
        named.vectors().forEach((symbol, vector) -> vectors.put(symbol, rotated(vector, rotation)));
        Expr constant = named.formula();
        for (Expr.Symbol symbol : named.linear()) {
            constant = constant.with(symbol, Expr.ZERO);
        }
        if (Simplification.of(constant).isZero()) {
            return named.formula().with(vectors);
        }
        Expr whole = Simplification.of(constant).times(rotation.ones(tensors(), span));
        for (Expr.Symbol symbol : named.linear()) {
            whole = whole.plus(
                    Simplification.of(Derivative.of(named.formula(), symbol)).times(symbol));
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

    private Expr.Parameter rotated(Expr.Parameter vector, ComponentBasis rotation) {
        TensorParameter held = (TensorParameter) vector.owner();
        Value.TensorLike turned = (Value.TensorLike) rotation.into(held.value(), tensors(), span);
        return TensorParameter.derived(vector.name(), turned, tensors(), span);
    }
}
