package org.sdescript.process;

import java.util.List;
import java.util.function.UnaryOperator;
import org.sdescript.algebra.Expr;

/**
 * A process with other holders of its parameters' numbers, such as the rows of some of the samples. Names and ranges stay,
 * so every formula keeps its form, and nothing is derived again.
 */
final class ParameterExchange {
    private final UnaryOperator<Expr> change;

    private ParameterExchange(UnaryOperator<Expr.Parameter> owners) {
        this.change = e -> e.withOwners(owners);
    }

    static Process of(Process p, UnaryOperator<Expr.Parameter> owners) {
        return new ParameterExchange(owners).process(p);
    }

    private Process process(Process p) {
        LazyField<Derived<Transitions.Found>> derived = new LazyField<>();
        if (p.stated().transition().isEmpty() && !p.hasOrderedMatrices()) {
            Derived<Transitions.Found> found = p.found();
            derived.of(() -> found.map(its ->
                    new Transitions.Found(its.system(), transition(its.transition()), its.integrals(), its.clock())));
        }
        return new Process(
                p.name(),
                p.time(),
                p.tMin(),
                p.tMax(),
                p.states(),
                p.noises(),
                all(p.drift()),
                rows(p.diffusion()),
                p.reversed(),
                stated(p.stated()),
                derived);
    }

    private Process.Stated stated(Process.Stated stated) {
        return new Process.Stated(
                stated.transition().map(this::transition),
                stated.prior()
                        .map(law -> new Gaussian(
                                law.states(),
                                law.time(),
                                all(law.mean()),
                                law.covariance().map(change))),
                stated.chain().map(this::chain),
                stated.stratonovich().map(form -> new Stratonovich(written(form.written()), rows(form.circled()))),
                stated.path().map(path -> path.with(change)),
                stated.starts(),
                stated.unpinned().map(this::process),
                stated.basis(),
                stated.numeric());
    }

    /** Returns the equations as written, which have no stated parts. */
    private Process written(Process p) {
        return p.with(all(p.drift()), p.noises(), rows(p.diffusion()), p.reversed());
    }

    private Chain chain(Chain chain) {
        return new Chain(
                chain.index(),
                chain.time(),
                chain.end(),
                chain.count(),
                chain.states(),
                all(chain.mean()),
                all(chain.spread()));
    }

    private Transition transition(Transition law) {
        return new Transition(
                law.time(),
                law.domain(),
                law.states(),
                law.start(),
                law.shown().map(change),
                Lazy.of(() -> law.computed().map(change)),
                law.reading().map(change));
    }

    private List<Expr> all(List<Expr> expressions) {
        return expressions.stream().map(change).toList();
    }

    private List<List<Expr>> rows(List<List<Expr>> rows) {
        return rows.stream().map(this::all).toList();
    }
}
