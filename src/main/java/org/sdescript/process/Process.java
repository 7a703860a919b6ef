package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.MatrixNumbers;
import org.sdescript.algebra.Text;
import org.sdescript.algebra.UnicodeNames;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.explain.Notation;

/**
 * A system of Itô equations dxᵢ = fᵢ dt + Σⱼ Gᵢⱼ dwⱼ, elementwise over the components of the data.
 *
 * @param time the symbol of time
 * @param states one symbol for each equation
 * @param noises the Wiener processes by name: w for {@code dw}
 * @param drift f, one expression for each state
 * @param diffusion G, a row for each state, a column for each noise
 * @param reversed true if time runs backwards (dw̄)
 * @param stated the transition and the prior that the user stated; without them both are derived
 * @param derived cache of the derived transition and its derivation
 */
public record Process(
        String name,
        Symbol time,
        double tMin,
        double tMax,
        List<Symbol> states,
        List<String> noises,
        List<Expr> drift,
        List<List<Expr>> diffusion,
        boolean reversed,
        Stated stated,
        LazyField<Derived<Transitions.Found>> derived) {

    /** Creates a process with an empty cache. */
    public Process(
            String name,
            Symbol time,
            double tMin,
            double tMax,
            List<Symbol> states,
            List<String> noises,
            List<Expr> drift,
            List<List<Expr>> diffusion,
            boolean reversed,
            Stated stated) {
        this(name, time, tMin, tMax, states, noises, drift, diffusion, reversed, stated, new LazyField<>());
    }

    /**
     * Parts of a process that the user stated, which are then not derived, and the stated form if it is not Itô's.
     *
     * @param chain the chain whose limit the process is
     * @param stratonovich the equations whose Itô form the process is
     * @param path the path between two laws that the process follows
     * @param starts starting laws of the states that are not data
     * @param unpinned the process before it was conditioned on its end
     * @param basis the orthonormal basis, as the columns of a matrix, in which the constant matrices of the equations are
     *     diagonal; drift and diffusion are then those of the components in this basis, where a matrix stands for its
     *     eigenvalues
     * @param numeric the law of a process whose matrices have no such basis
     */
    public record Stated(
            Optional<Transition> transition,
            Optional<Gaussian> prior,
            Optional<Chain> chain,
            Optional<Stratonovich> stratonovich,
            Optional<StochasticInterpolant> path,
            Map<Symbol, InitialLaw> starts,
            Optional<Process> unpinned,
            Optional<Expr.Parameter> basis,
            Optional<NumericLaw> numeric) {
        public static final Stated NOTHING = new Stated(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        public Stated {
            starts = Map.copyOf(starts);
        }

        static Stated law(Optional<Transition> transition, Optional<Gaussian> prior) {
            return new Stated(
                    transition,
                    prior,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        static Stated law(Transition transition) {
            return law(Optional.of(transition), Optional.empty());
        }

        static Stated limitOf(Chain chain) {
            return new Stated(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(chain),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        static Stated form(Stratonovich equations) {
            return new Stated(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(equations),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        Stated along(StochasticInterpolant path) {
            return new Stated(
                    transition, prior, chain, stratonovich, Optional.of(path), starts, unpinned, basis, numeric);
        }

        Stated with(Gaussian law) {
            return new Stated(
                    transition, Optional.of(law), chain, stratonovich, path, starts, unpinned, basis, numeric);
        }

        /** Marks the law as that of another process, conditioned on its end. */
        Stated pinnedFrom(Process process) {
            return new Stated(
                    transition, prior, chain, stratonovich, path, starts, Optional.of(process), basis, numeric);
        }

        Stated from(Map<Symbol, InitialLaw> starts) {
            return new Stated(transition, prior, chain, stratonovich, path, starts, unpinned, basis, numeric);
        }

        /** Returns these parts with the basis or the law of a process with matrices. */
        Stated coupledAs(Stated other) {
            return new Stated(
                    transition, prior, chain, stratonovich, path, starts, unpinned, other.basis, other.numeric);
        }

        Stated by(NumericLaw law) {
            return new Stated(transition, prior, chain, stratonovich, path, starts, unpinned, basis, Optional.of(law));
        }

        Stated in(Optional<Expr.Parameter> basis) {
            return new Stated(transition, prior, chain, stratonovich, path, starts, unpinned, basis, numeric);
        }
    }

    public Process {
        states = List.copyOf(states);
        noises = List.copyOf(noises);
        drift = List.copyOf(drift);
        diffusion = diffusion.stream().map(List::copyOf).toList();
        int columns = noises.size();
        if (drift.size() != states.size()
                || diffusion.size() != states.size()
                || diffusion.stream().anyMatch(row -> row.size() != columns)) {
            throw new IllegalArgumentException("drift and diffusion of " + name + " do not fit its states and noises");
        }
    }

    /** Creates a forward process of several states. */
    public static Process of(
            String name,
            Symbol time,
            double tMin,
            double tMax,
            List<Symbol> states,
            List<String> noises,
            List<Expr> drift,
            List<List<Expr>> diffusion) {
        return new Process(name, time, tMin, tMax, states, noises, drift, diffusion, false, Stated.NOTHING);
    }

    /** Creates dx = drift dt + diffusion dw. */
    public static Process scalar(
            String name, Symbol time, double tMin, double tMax, Symbol state, Expr drift, Expr diffusion) {
        return of(name, time, tMin, tMax, List.of(state), List.of("w"), List.of(drift), List.of(List.of(diffusion)));
    }

    /**
     * Creates the Itô form of the transition x(t) = s(t) x(0) + b(t) noise, which remains the transition of the
     * process.
     */
    public static Process ofTransition(
            String name, Symbol time, double tMin, double tMax, Symbol state, Expr meanCoefficient, Expr std) {
        return ofTransition(name, time, tMin, tMax, state, meanCoefficient, Expr.ZERO, std);
    }

    /** Creates the Itô form of x(t) = s(t) x(0) + m(t) + b(t) noise. */
    public static Process ofTransition(
            String name,
            Symbol time,
            double tMin,
            double tMax,
            Symbol state,
            Expr meanCoefficient,
            Expr offset,
            Expr std) {
        return Transitions.itoForm(name, time, tMin, tMax, state, meanCoefficient, offset, std);
    }

    /**
     * Creates the process of a path between two laws: the flow dx = b(x, t) dt, whose velocity only a model or the exact
     * laws of the ends give in numbers.
     */
    public static Process ofPath(String name, StochasticInterpolant path) {
        return new Process(
                name,
                path.time(),
                path.domain().from(),
                path.domain().to(),
                List.of(path.state()),
                List.of(),
                List.of(StochasticInterpolant.velocity(path.state(), path.time())),
                List.of(List.of()),
                false,
                Stated.NOTHING.along(path));
    }

    /**
     * Returns the process with a prior at t_max: independent normal states with these means and standard deviations.
     */
    public Process withPrior(List<Expr> means, List<Expr> stds) {
        return with(stated.with(Gaussian.independent(states, tMax, means, stds)));
    }

    /** Returns the parameters that the equations and the path name. */
    public Set<Expr.Parameter> parameters() {
        Stream<Expr> written = Stream.concat(drift.stream(), diffusion.stream().flatMap(List::stream));
        return Stream.concat(
                        written.flatMap(e -> e.parameters().stream()),
                        stated.path().stream().flatMap(StochasticInterpolant::parameters))
                .collect(Collectors.toSet());
    }

    /**
     * Returns the process with other holders of its parameters, of the same names and ranges: the rows of some samples.
     * Formulas keep their form.
     */
    public Process withOwners(UnaryOperator<Expr.Parameter> change) {
        return ParameterExchange.of(this, change);
    }

    /** Returns all parameters: of the equations, of the stated transition and of the stated prior. */
    public Set<Expr.Parameter> allParameters() {
        return Stream.of(
                        parameters().stream(),
                        stated.transition().stream()
                                .flatMap(law -> law.shown().entries())
                                .flatMap(e -> e.parameters().stream()),
                        stated.prior().stream().flatMap(Gaussian::parameters))
                .flatMap(each -> each)
                .collect(Collectors.toSet());
    }

    /** Returns the process whose equations are those of the components in a basis. */
    public Process in(Expr.Parameter basis) {
        return with(stated.in(Optional.of(basis)));
    }

    /** Returns the process with a law that is computed in numbers. */
    public Process by(NumericLaw law) {
        return with(stated.by(law));
    }

    /** True if constant matrices couple the components of the state. */
    public boolean isCoupled() {
        return stated.basis().isPresent() || hasOrderedMatrices();
    }

    /** True if the equations name matrices whose products have an order, for which formulas of a law do not hold. */
    public boolean hasOrderedMatrices() {
        return parameters().stream().anyMatch(parameter -> parameter.owner() instanceof MatrixNumbers);
    }

    /** Returns the basis in which drift and diffusion are written, if constant matrices couple the components. */
    public Optional<Expr.Parameter> basis() {
        return stated.basis();
    }

    /** Returns the process with starting laws for the states that are not data. */
    public Process startingFrom(Map<Symbol, InitialLaw> starts) {
        return with(stated.from(starts));
    }

    Process with(Stated other) {
        return new Process(name, time, tMin, tMax, states, noises, drift, diffusion, reversed, other);
    }

    Process with(List<Expr> drift, List<String> noises, List<List<Expr>> diffusion, boolean reversed) {
        return new Process(name, time, tMin, tMax, states, noises, drift, diffusion, reversed, stated);
    }

    /** Returns one symbol per state, the score by that state, ∇ₓ log pₜ(x). */
    public List<Symbol> scores() {
        String all = states.stream().map(s -> UnicodeNames.spelled(s.name())).collect(Collectors.joining(", "));
        String density = " log p" + UnicodeNames.lowered(UnicodeNames.spelled(time.name())) + "(" + all + ")";
        return states.stream()
                .map(s -> Expr.symbol("∇" + UnicodeNames.lowered(UnicodeNames.spelled(s.name())) + density))
                .toList();
    }

    /** True if the drift contains a score symbol, so that evaluation needs a score. */
    public boolean hasScore() {
        return drift.stream().anyMatch(f -> scores().stream().anyMatch(s -> !f.isFreeOf(s)));
    }

    /** Returns the symbol of the velocity b(x, t) of a path between two laws. */
    public Symbol velocity() {
        return StochasticInterpolant.velocity(states.getFirst(), time);
    }

    /** True for the processes of a path between two laws, whose drift contains its velocity. */
    public boolean hasVelocity() {
        return stated.path().isPresent() && drift.stream().anyMatch(f -> !f.isFreeOf(velocity()));
    }

    /** Returns GGᵀ, states × states. */
    public List<List<Expr>> covarianceRate() {
        List<List<Expr>> rate = new ArrayList<>();
        for (List<Expr> row : diffusion) {
            List<Expr> products = new ArrayList<>();
            for (List<Expr> column : diffusion) {
                List<Expr> terms = new ArrayList<>();
                for (int k = 0; k < noises.size(); k++) {
                    terms.add(row.get(k).times(column.get(k)));
                }
                products.add(Expr.sum(terms));
            }
            rate.add(products);
        }
        return rate;
    }

    /** Returns the states whose equations have a noise. */
    public List<Symbol> noisyStates() {
        return IntStream.range(0, states.size())
                .filter(i -> diffusion.get(i).stream().anyMatch(entry -> !entry.isZero()))
                .mapToObj(states::get)
                .toList();
    }

    /** Returns ∇·(GGᵀ), which is zero if the noise does not depend on the state. */
    public List<Expr> divergenceOfCovarianceRate() {
        return covarianceRate().stream()
                .map(row -> {
                    List<Expr> terms = new ArrayList<>();
                    for (int j = 0; j < states.size(); j++) {
                        terms.add(Derivative.of(row.get(j), states.get(j)));
                    }
                    return Expr.sum(terms);
                })
                .toList();
    }

    /** Returns the divergence of the drift over one component of the data, the change of log-density along the flow. */
    public Expr divergenceOfDrift() {
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            terms.add(Derivative.of(drift.get(i), states.get(i)));
        }
        return Expr.sum(terms);
    }

    /** Returns p(x(t) | x(0)); throws the reason if the process has no transition. */
    public Transition transition() {
        return findTransition().required();
    }

    /**
     * Returns p(x(t) | x(0)), stated or derived; for a reversed process that of the forward process, which has the same
     * law.
     */
    public Derived<Transition> findTransition() {
        return hasOrderedMatrices()
                ? withoutFormula()
                : stated.transition()
                        .<Derived<Transition>>map(Derived.Known::new)
                        .orElseGet(() -> found().map(Transitions.Found::transition));
    }

    private Derived<Transition> withoutFormula() {
        return new Derived.Absent<>(Diagnostic.error(
                        "E0691",
                        null,
                        "the matrices of " + name
                                + " have no common orthonormal basis, so its law has no formula for this")
                .note(
                        "`p.transition` and `p.prior` are computed in numbers: mean, covariance, samples, scores and steps")
                .help(
                        "`euler_maruyama`, `reverse_diffusion`, `ode_euler` and `ode_heun` sample such a process; symmetric"
                                + " matrices that commute have formulas"));
    }

    /** Returns the derivation of the transition of an affine process, for a reversed process that of the forward one. */
    Derived<Transitions.Found> found() {
        return derived.of(() -> reversed ? Reversal.reverse(this).found() : Transitions.of(this));
    }

    /** Returns the density at t_max that sampling starts from: as stated, or the marginal for x(0) = 0. */
    public Gaussian prior() {
        return stated.prior().orElseGet(() -> switch (findTransition()) {
            case Derived.Known<Transition>(Transition transition) -> transition.marginalAt(tMax);
            case Derived.Absent<Transition>(Diagnostic reason) ->
                throw withoutPrior(reason).raise();
        });
    }

    private Diagnostic withoutPrior(Diagnostic reason) {
        if (isPath()) {
            return Diagnostic.error(
                            "E0678",
                            null,
                            "the law of "
                                    + StochasticInterpolant.end(
                                                    states.getFirst().name())
                                            .name() + ", at which " + name + " ends, is not stated")
                    .help(
                            "give `start`, samples of it: `sample(p, m, start = x1)`; a path that ends in noise states it in its"
                                    + " body: `prior = normal()`");
        }
        return reason.code().equals(AffineSystem.NOT_AFFINE)
                ? reason.note("so its law at t = " + Text.of(tMax)
                                + ", which sampling starts from, is not known either")
                        .help("state one in its body: `prior = normal(std = 1)`")
                : reason;
    }

    /** True for a path between two laws itself, whose equation is its flow. */
    public boolean isPath() {
        return hasVelocity() && noises.isEmpty() && drift.equals(List.of(velocity()));
    }

    /** Returns the equations, for a path those of its flow. */
    public String equations(Notation notation) {
        return Equations.equations(this, notation);
    }

    /** Returns the equations in LaTeX, for math mode; of a path between two laws the path. */
    public String latex() {
        return Equations.of(this, Notation.LATEX);
    }

    /** Returns the equations, one per line; of a path between two laws the path. */
    @Override
    public String toString() {
        return Equations.of(this, Notation.TEXT);
    }
}
