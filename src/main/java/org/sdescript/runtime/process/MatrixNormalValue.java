package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.List;
import java.util.Optional;
import org.sdescript.check.Kind;
import org.sdescript.graph.Shape;
import org.sdescript.process.Process;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/** The prior of a process whose matrices have no common orthonormal basis: N( m, Σ ) at t_max for x(0) = 0. */
record MatrixNormalValue(Process process, MatrixDynamics dynamics)
        implements Distribution, Explainable, FieldTable.Owner {
    private static final FieldTable<MatrixNormalValue> FIELDS = FieldTable.of(
            value("mean", law -> law.ended().offset()),
            value("std", law -> law.ended().std()),
            value("cov", law -> law.ended().shownCovariance()),
            value("sample", Distribution::sampler),
            method("log_prob", List.of("x"), (law, call) -> law.transition()
                    .atEnd(call, call.tensors(), call.span())
                    .logProbability("x")));

    private MatrixTransitionValue transition() {
        return new MatrixTransitionValue(process, dynamics);
    }

    private MatrixTransitionValue.Moments ended() {
        return transition().atEnd(null, dynamics.tensors(), dynamics.span());
    }

    @Override
    public Kind kind() {
        return Kind.DISTRIBUTION;
    }

    @Override
    public String show() {
        String x = process.states().getFirst().name();
        return x + "(" + ValueText.number(process.tMax()) + ") ~ N( m, Σ ), computed numerically";
    }

    @Override
    public String latex() {
        return process.states().getFirst().name() + "(" + ValueText.number(process.tMax())
                + ") \\sim \\mathcal{N}\\left(m,\\; \\Sigma\\right)";
    }

    @Override
    public Explanation explanation() {
        return transition().explanation();
    }

    @Override
    public Optional<Recipe> recipe() {
        return Optional.of(Recipe.field(ProcessValue.of(process), "prior"));
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    @Override
    public Shape components(Tensors tensors) {
        return Shape.of(dynamics.size());
    }

    @Override
    public Value sample(Shape shape, Tensors tensors, Span span) {
        return transition().atEnd(null, tensors, span).drawn(tensors.normal(shape, span));
    }

    @Override
    public String toString() {
        return show();
    }
}
