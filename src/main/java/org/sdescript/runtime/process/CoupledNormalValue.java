package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The prior of a process whose components are coupled by matrices: a normal law with independent coordinates in the basis
 * of the matrices.
 *
 * @param law the formulas of the mean and the variance of each coordinate
 * @param coordinates the law of the coordinates
 */
record CoupledNormalValue(Gaussian law, NormalValue coordinates, ComponentBasis basis, Process process)
        implements Distribution, Explainable, FieldTable.Owner {
    private static final FieldTable<CoupledNormalValue> FIELDS = FieldTable.of(
            value("mean", CoupledNormalValue::mean),
            value("std", CoupledNormalValue::std),
            value("cov", CoupledNormalValue::covariance),
            value("sample", Distribution::sampler),
            method("log_prob", List.of("x"), CoupledNormalValue::logProbability),
            method(
                    "score",
                    List.of("process"),
                    (law, call) -> ExactScore.of(Marginals.of(law, call).score(), law, Optional.empty(), call)),
            method("log_density", List.of("process"), (law, call) -> Marginals.of(law, call)
                    .logDensity()));

    static CoupledNormalValue of(Gaussian law, Process process, ComponentBasis basis) {
        return new CoupledNormalValue(law, NormalValue.of(law, process), basis, process);
    }

    /** Returns the law of the coordinates of data; throws unless they are independent in the basis. */
    static NormalValue inBasis(Distribution data, ComponentBasis basis, Call call) {
        return switch (data) {
            case CoupledNormalValue its when its.basis().vectors().equals(basis.vectors()) -> its.coordinates();
            case NormalValue law -> {
                Tensors tensors = call.tensors();
                if (tensors.shape(law.std()).elements() != 1) {
                    throw Diagnostic.error(
                                    "E0690",
                                    call.span(),
                                    "the data have a standard deviation for each component, and the matrices of "
                                            + basis.process() + " mix the components")
                            .help(
                                    "give one number, `normal(mean = m, std = 1)`, or the law that the process itself has,"
                                            + " `p.prior`")
                            .raise();
                }
                Value std = tensors.shape(law.std()).rank() == 0
                        ? law.std()
                        : tensors.reshape(law.std(), Shape.SCALAR, call.span());
                yield new NormalValue(coordinates(law.mean(), basis, call), std);
            }
            default -> throw Coercion.mismatch(data, "the law of the data", "a normal distribution", call.span());
        };
    }

    private static Value coordinates(Value mean, ComponentBasis basis, Call call) {
        Tensors tensors = call.tensors();
        if (mean instanceof Value.Num(double zero) && zero == 0) {
            return mean;
        }
        Value whole = tensors.shape(mean).rank() == 0 ? tensors.fill(mean, Shape.of(basis.size()), call.span()) : mean;
        return basis.into(whole, tensors, call.span());
    }

    private NormalValue.Prior prior() {
        return coordinates.prior().orElseThrow();
    }

    @Override
    public Kind kind() {
        return Kind.DISTRIBUTION;
    }

    @Override
    public String show() {
        return prior().show();
    }

    @Override
    public String latex() {
        return prior().latex();
    }

    @Override
    public Explanation explanation() {
        return prior().explanation();
    }

    @Override
    public Optional<Recipe> recipe() {
        return Optional.of(Recipe.field(ProcessValue.of(process), "prior"));
    }

    @Override
    public List<Value> children() {
        return coordinates.children();
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    @Override
    public Shape components(Tensors tensors) {
        return Shape.of(basis.size());
    }

    private Expr variance() {
        return law.covariance().at(0, 0);
    }

    private Value mean() {
        return basis.outOf(coordinates.mean(), basis.tensors(), basis.span());
    }

    private Value covariance() {
        return basis.matrix(variance(), FormulaEvaluation.ofParameters(variance()), basis.tensors(), basis.span());
    }

    private Value std() {
        Value variances =
                basis.diagonal(variance(), FormulaEvaluation.ofParameters(variance()), basis.tensors(), basis.span());
        return basis.tensors().unary(UnaryOperation.SQRT, variances, basis.span());
    }

    @Override
    public Value sample(Shape shape, Tensors tensors, Span span) {
        return basis.outOf(coordinates.sample(shape, tensors, span), tensors, span);
    }

    private Value logProbability(Call call) {
        return coordinates.logProbability(basis.into(call.tensor("x"), call.tensors(), call.span()), call);
    }

    @Override
    public String toString() {
        return show();
    }
}
