package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.check.Kind;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.process.FormSteps;
import org.sdescript.process.Process;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;
import org.sdescript.source.Span;

/**
 * x(t) | x(0) ~ N( Φ x(0) + m, Σ ) of a process whose matrices have no common orthonormal basis, read from tables of the
 * elapsed time τ(t); and the law between two times, which depends on τ(t) − τ(s) alone.
 */
final class MatrixTransitionValue implements Explainable, FieldTable.Owner {
    private static final FieldTable<MatrixTransitionValue> FIELDS = FieldTable.of(
            method("mean", List.of("x0", "t"), (law, call) -> law.at(call).mean("x0")),
            method("mean_coef", List.of("t"), (law, call) -> law.at(call)
                    .shown(law.at(call).map())),
            method("origin", List.of("y", "t"), (law, call) -> law.at(call).origin("y")),
            method("cov", List.of("t"), (law, call) -> law.at(call)
                    .shown(law.at(call).covariance())),
            method("std", List.of("t"), (law, call) -> law.at(call).std()),
            method("sample", List.of("x0", "t"), (law, call) -> law.at(call).sample()),
            method("score", List.of("x", "x0", "t"), (law, call) -> law.at(call).score()),
            method("score_of_noise", List.of("z", "t"), (law, call) -> law.at(call)
                    .scoreOfNoise("z")),
            method("noise_of_score", List.of("g", "t"), (law, call) -> law.at(call)
                    .noiseOfScore("g")),
            method("cov_times", List.of("g", "t"), (law, call) -> law.at(call).covarianceTimes("g")),
            method("diffuse", List.of("z", "t"), (law, call) -> law.at(call).diffuse("z")),
            method("between", List.of("s", "t"), MatrixTransitionValue::between),
            value("posterior", MatrixTransitionValue::posterior),
            value("from_data", law -> law));

    private final Process process;
    private final MatrixDynamics.Tables tables;

    MatrixTransitionValue(Process process, MatrixDynamics dynamics) {
        this.process = process;
        this.tables = dynamics.tables().required();
    }

    MatrixDynamics.Tables tables() {
        return tables;
    }

    @Override
    public Kind kind() {
        return Kind.TRANSITION;
    }

    @Override
    public String show() {
        String x = process.states().getFirst().name();
        String t = process.time().name();
        return x + "(" + t + ") | " + x + "(0) ~ N( Φ " + x + "(0)" + (isMoved() ? " + m" : "") + ", Σ )\n"
                + "  Φ, Σ: computed numerically from the matrices, in the elapsed time τ(" + t + ") = "
                + tables.elapsed();
    }

    private boolean isMoved() {
        for (double[] row : tables.law().offset()) {
            for (double m : row) {
                if (m != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String latex() {
        String x = process.states().getFirst().name();
        String t = process.time().name();
        return x + "(" + t + ") \\mid " + x + "(0) \\sim \\mathcal{N}\\left(\\Phi " + x + "(0)"
                + (isMoved() ? " + m" : "") + ",\\; \\Sigma\\right)";
    }

    @Override
    public Explanation explanation() {
        return FormSteps.ofNumericLaw(process, tables.elapsed());
    }

    @Override
    public Optional<Recipe> recipe() {
        return Optional.of(Recipe.field(ProcessValue.of(process), "transition"));
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    /** Returns τ at the times in a slot of a call. */
    private Value elapsed(Call call, String slot) {
        Value t = EvaluationTimes.of(process).in(call, slot);
        return FormulaEvaluation.exactly(tables.elapsed(), Map.of(process.time(), t), call.tensors(), call.span());
    }

    Moments at(Call call) {
        return new Moments(elapsed(call, "t"), call);
    }

    /** Returns the law at t_max for x(0) = 0. */
    Moments atEnd(@Nullable Call call, Tensors tensors, Span span) {
        return new Moments(Value.number(tables.law().longest()), call, tensors, span);
    }

    private Value between(Call call) {
        Value elapsed =
                call.tensors().binary(BinaryOperation.SUBTRACT, elapsed(call, "t"), elapsed(call, "s"), call.span());
        return new Step(elapsed, call.value("s"), call.value("t"));
    }

    private Value posterior() {
        return Builtin.named("posterior", "s", "t").option("eta", 1).is(call -> {
            process.transition(); // throws the reason
            return Value.None.NONE;
        });
    }

    /** The step from one time to another: x(t) | x(s) ~ N( A x(s) + m, V ). */
    private final class Step implements Value.Extension {
        private static final List<String> NAMES = List.of("mean", "cov_times", "diffuse", "mean_coef", "cov");
        private final Value elapsed;
        private final Value from;
        private final Value to;

        private Step(Value elapsed, Value from, Value to) {
            this.elapsed = elapsed;
            this.from = from;
            this.to = to;
        }

        @Override
        public Optional<Recipe> recipe() {
            return Optional.of(new Recipe(MatrixTransitionValue.this, "between", List.of(from, to)));
        }

        @Override
        public Kind kind() {
            return Kind.CONDITIONAL_LAW;
        }

        @Override
        public String show() {
            return "a step of " + process.name();
        }

        @Override
        public List<String> fieldNames() {
            return NAMES;
        }

        @Override
        public List<Value> children() {
            return List.of(elapsed, from, to);
        }

        @Override
        public @Nullable Value field(String name) {
            return switch (name) {
                case "mean" -> Builtin.named(name, "x").is(call -> of(call).mean("x"));
                case "cov_times" -> Builtin.named(name, "g").is(call -> of(call).covarianceTimes("g"));
                case "diffuse" -> Builtin.named(name, "z").is(call -> of(call).diffuse("z"));
                case "mean_coef" -> Builtin.named(name).is(call -> of(call).shown(of(call).map()));
                case "cov" -> Builtin.named(name).is(call -> of(call).shown(of(call).covariance()));
                default -> null;
            };
        }

        private Moments of(Call call) {
            return new Moments(elapsed, call);
        }
    }

    /** The moments at τ, one for all samples or one for each. */
    final class Moments {
        private final Value tau;
        private final @Nullable Call call;
        private final Tensors tensors;
        private final Span span;
        private final int size = tables.law().size();

        private Moments(Value tau, Call call) {
            this(tau, call, call.tensors(), call.span());
        }

        private Moments(Value tau, @Nullable Call call, Tensors tensors, Span span) {
            this.tensors = tensors;
            this.span = span;
            this.call = call;
            this.tau = tensors.binary(BinaryOperation.MAXIMUM, tau, Value.number(0), span);
        }

        /** Returns the polynomials cos(k arccos z) at z = 2 √(τ/τ_max) − 1: [1, k], or [n, k] for n times. */
        private Value polynomials() {
            Value share = binary(
                    BinaryOperation.DIVIDE, tau, Value.number(tables.law().longest()));
            Value root =
                    tensors.unary(UnaryOperation.SQRT, binary(BinaryOperation.MINIMUM, share, Value.number(1)), span);
            // arccos(2 v − 1) = 2 arctan √((1 − v)/v)
            Value ratio = binary(BinaryOperation.DIVIDE, binary(BinaryOperation.SUBTRACT, Value.number(1), root), root);
            Value angle = binary(
                    BinaryOperation.MULTIPLY,
                    Value.number(2),
                    tensors.unary(UnaryOperation.ATAN, tensors.unary(UnaryOperation.SQRT, ratio, span), span));
            int count = tables.law().map().length;
            double[] orders = new double[count];
            for (int k = 0; k < count; k++) {
                orders[k] = k;
            }
            Value column = Tensors.isTensor(angle)
                    ? tensors.cast(
                            tensors.reshape(angle, Shape.of(tensors.shape(angle).elements(), 1), span),
                            DType.FLOAT64,
                            span)
                    : tensors.apply(new Operation.Fill(DType.FLOAT64, Shape.of(1, 1)), span, angle);
            Value row = tensors.literal(DType.FLOAT64, Shape.of(1, count), orders, span);
            return tensors.unary(UnaryOperation.COS, binary(BinaryOperation.MULTIPLY, column, row), span);
        }

        /** Returns a table at τ: [1, d, d], or [n, d, d] for n times. */
        private Value matrix(Value table) {
            Value flat = tensors.apply(new Operation.MatMul(), span, polynomials(), table);
            return tensors.reshape(flat, Shape.of(tensors.shape(flat).size(0), size, size), span);
        }

        private Value binary(BinaryOperation operation, Value a, Value b) {
            return tensors.binary(operation, a, b, span);
        }

        private Value combine(BinaryOperator operator, Value a, Value b) {
            return ValueArithmetic.binary(operator, a, b, tensors, span);
        }

        private Value map() {
            return matrix(tables.map());
        }

        private Value transposed(Value matrices) {
            return tensors.apply(new Operation.Permute(List.of(0, 2, 1)), span, matrices);
        }

        /** Returns τ L Lᵀ. */
        private Value covariance() {
            Value factor = matrix(tables.factor());
            Value product = tensors.apply(new Operation.MatMul(), span, factor, transposed(factor));
            return binary(BinaryOperation.MULTIPLY, product, perTime(tau));
        }

        /** Returns τ, or a function of it, in a shape that broadcasts to matrices. */
        private Value perTime(Value value) {
            return Tensors.isTensor(value)
                    ? tensors.reshape(value, Shape.of(tensors.shape(value).elements(), 1, 1), span)
                    : value;
        }

        /** Returns matrices as they are shown: [d, d] for one time. */
        private Value shown(Value matrices) {
            Value result = tensors.cast(matrices, tensors.precision(), span);
            boolean one = !Tensors.isTensor(tau) || tensors.shape(tau).rank() == 0;
            return one ? tensors.reshape(result, Shape.of(size, size), span) : result;
        }

        private Value samples(String slot) {
            Call given = Objects.requireNonNull(call);
            Value x = given.operand(slot);
            Shape shape = Tensors.isTensor(x) ? tensors.shape(x) : Shape.SCALAR;
            if (shape.rank() < 2 || shape.size(shape.rank() - 1) != size) {
                throw ComponentBasis.unfit(x, shape, size, process.name(), given.place(slot));
            }
            return x;
        }

        /** Returns the matrices, one for all samples or one for each, times the samples: x Mᵀ in double precision. */
        private Value product(Value matrices, Value x) {
            Shape shape = tensors.shape(x);
            Value wide = tensors.cast(x, DType.FLOAT64, span);
            boolean one = tensors.shape(matrices).size(0) == 1;
            if (one) {
                Value rows = tensors.reshape(wide, Shape.of(shape.elements() / size, size), span);
                Value columns = tensors.reshape(transposed(matrices), Shape.of(size, size), span);
                return tensors.reshape(tensors.apply(new Operation.MatMul(), span, rows, columns), shape, span);
            }
            Value rows =
                    tensors.reshape(wide, Shape.of(shape.size(0), shape.elements() / size / shape.size(0), size), span);
            return tensors.reshape(
                    tensors.apply(new Operation.MatMul(), span, rows, transposed(matrices)), shape, span);
        }

        private Value like(Value result) {
            return tensors.cast(result, tensors.precision(), span);
        }

        /** Multiplies samples by a function of τ. */
        private Value times(Value x, Value ofTau) {
            Value aligned = Tensors.isTensor(ofTau) ? tensors.align(ofTau, x, span) : ofTau;
            return combine(BinaryOperator.MULTIPLY, x, aligned);
        }

        private Value root() {
            return tensors.unary(UnaryOperation.SQRT, tau, span);
        }

        private Value inverseRoot() {
            return binary(BinaryOperation.DIVIDE, Value.number(1), root());
        }

        private Value offset(Value samples) {
            Value flat = tensors.apply(new Operation.MatMul(), span, polynomials(), tables.offset());
            List<Long> sizes = new ArrayList<>();
            int rank = tensors.shape(samples).rank();
            sizes.add(tensors.shape(flat).size(0));
            while (sizes.size() < rank - 1) {
                sizes.add(1L);
            }
            sizes.add((long) size);
            return tensors.reshape(flat, new Shape(sizes), span);
        }

        private Value moved(Value x0) {
            Value mapped = product(map(), x0);
            return isMoved() ? combine(BinaryOperator.ADD, mapped, offset(x0)) : mapped;
        }

        Value mean(String slot) {
            return like(moved(samples(slot)));
        }

        /** Returns Φ⁻¹ (y − m), by as many parts of Φ⁻¹ as the table has. */
        private Value origin(String slot) {
            Value y = samples(slot);
            Value rest =
                    isMoved() ? combine(BinaryOperator.SUBTRACT, tensors.cast(y, DType.FLOAT64, span), offset(y)) : y;
            Value back = matrix(tables.back());
            for (int k = 0; k < tables.law().parts(); k++) {
                rest = product(back, rest);
            }
            return like(rest);
        }

        Value diffuse(String slot) {
            return like(diffused(samples(slot)));
        }

        private Value diffused(Value z) {
            return times(product(matrix(tables.factor()), z), root());
        }

        private Value sample() {
            Value x0 = samples("x0");
            Value z = tensors.normal(tensors.shape(x0), span);
            return like(combine(BinaryOperator.ADD, moved(x0), diffused(z)));
        }

        Value covarianceTimes(String slot) {
            Value g = samples(slot);
            Value factor = matrix(tables.factor());
            return like(times(product(factor, product(transposed(factor), g)), tau));
        }

        /** Returns −L⁻ᵀ z/√τ. */
        private Value scoreOfNoise(String slot) {
            Value scaled = times(product(transposed(matrix(tables.inverse())), samples(slot)), inverseRoot());
            return like(tensors.unary(UnaryOperation.NEGATE, scaled, span));
        }

        private Value noiseOfScore(String slot) {
            Value scaled = times(product(transposed(matrix(tables.factor())), samples(slot)), root());
            return like(tensors.unary(UnaryOperation.NEGATE, scaled, span));
        }

        /** Returns L⁻¹ (x − mean)/√τ. */
        private Value whitened(Value x, Value mean) {
            Value rest = combine(BinaryOperator.SUBTRACT, tensors.cast(x, DType.FLOAT64, span), mean);
            return times(product(matrix(tables.inverse()), rest), inverseRoot());
        }

        private Value score() {
            Value white = whitened(samples("x"), moved(samples("x0")));
            Value scaled = times(product(transposed(matrix(tables.inverse())), white), inverseRoot());
            return like(tensors.unary(UnaryOperation.NEGATE, scaled, span));
        }

        /** Returns the standard deviation of each component. */
        Value std() {
            Value squares = tensors.unary(UnaryOperation.SQUARE, matrix(tables.factor()), span);
            Value sums = tensors.reduce(Reduction.SUM, squares, List.of(2), false, span);
            Value scale = Tensors.isTensor(tau)
                    ? tensors.reshape(root(), Shape.of(tensors.shape(tau).elements(), 1), span)
                    : root();
            Value result =
                    like(binary(BinaryOperation.MULTIPLY, tensors.unary(UnaryOperation.SQRT, sums, span), scale));
            boolean one = !Tensors.isTensor(tau) || tensors.shape(tau).rank() == 0;
            return one ? tensors.reshape(result, Shape.of(size), span) : result;
        }

        /** Returns log det L of the covariance τ L Lᵀ: [1] or [n]. */
        Value logDeterminant() {
            double[] diagonal = new double[size * size];
            for (int i = 0; i < size; i++) {
                diagonal[i * size + i] = 1;
            }
            Value one = tensors.literal(DType.FLOAT64, Shape.of(1, size, size), diagonal, span);
            Value picked = tensors.reduce(
                    Reduction.SUM,
                    binary(BinaryOperation.MULTIPLY, matrix(tables.factor()), one),
                    List.of(2),
                    false,
                    span);
            Value logs = tensors.reduce(
                    Reduction.SUM, tensors.unary(UnaryOperation.LOG, picked, span), List.of(1), false, span);
            Value ofTau = binary(
                    BinaryOperation.MULTIPLY, Value.number(size / 2.0), tensors.unary(UnaryOperation.LOG, tau, span));
            return binary(BinaryOperation.ADD, logs, ofTau);
        }

        /** Returns log p of samples of the marginal for x(0) = 0, in nats. */
        Value logProbability(String slot) {
            Value x = samples(slot);
            Value white = whitened(x, offset(x));
            int rank = tensors.shape(x).rank();
            List<Integer> axes = IntStream.range(1, rank).boxed().toList();
            Value squares =
                    tensors.reduce(Reduction.SUM, tensors.unary(UnaryOperation.SQUARE, white, span), axes, false, span);
            double vectors =
                    (double) tensors.shape(x).elements() / tensors.shape(x).size(0) / size;
            Value constant = binary(
                    BinaryOperation.ADD,
                    binary(BinaryOperation.MULTIPLY, Value.number(vectors), logDeterminant()),
                    Value.number(vectors * size / 2.0 * Math.log(2 * Math.PI)));
            Value half = binary(BinaryOperation.MULTIPLY, Value.number(-0.5), squares);
            return like(binary(BinaryOperation.SUBTRACT, half, constant));
        }

        /** Returns (log |Φ|² − log |Σ|)/d, the mean of the logarithm of the signal-to-noise ratio. */
        Value logSignalToNoise() {
            Value signal = binary(BinaryOperation.MULTIPLY, Value.number(tables.trace()), tau);
            Value mean = binary(
                    BinaryOperation.MULTIPLY,
                    Value.number(2.0 / size),
                    binary(BinaryOperation.SUBTRACT, signal, logDeterminant()));
            boolean one = !Tensors.isTensor(tau) || tensors.shape(tau).rank() == 0;
            if (!one) {
                return like(mean);
            }
            Value number = tensors.reshape(mean, Shape.SCALAR, span);
            return number instanceof Value.TensorValue its
                    ? Value.number(its.tensor().toDoubles()[0])
                    : number;
        }

        /** Returns m, [d]. */
        Value offset() {
            Value flat = tensors.apply(new Operation.MatMul(), span, polynomials(), tables.offset());
            return like(tensors.reshape(flat, Shape.of(size), span));
        }

        /** Draws of N( m, Σ ) in the form of standard normal noise z. */
        Value drawn(Value z) {
            return like(combine(BinaryOperator.ADD, diffused(z), offset(z)));
        }

        Value shownCovariance() {
            return shown(covariance());
        }
    }

    @Override
    public String toString() {
        return show();
    }
}
