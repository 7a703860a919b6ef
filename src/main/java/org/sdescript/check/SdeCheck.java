package org.sdescript.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.sdescript.ast.Differentials;
import org.sdescript.ast.EquationTerm;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Checks the form of a process: it has equations, all of one form, one per state, over a domain that runs forward. */
final class SdeCheck {
    private final Statement.SdeDeclaration sde;
    private final Findings findings;

    SdeCheck(Statement.SdeDeclaration sde, Findings findings) {
        this.sde = sde;
        this.findings = findings;
    }

    private enum Form {
        ITO("an equation"),
        TRANSITION("a transition"),
        CHAIN("a chain");

        private final String shown;

        Form(String shown) {
            this.shown = shown;
        }
    }

    void check() {
        equations();
        domains();
        names();
        chainIndex();
    }

    private static Optional<Form> form(SdeItem item) {
        return switch (item) {
            case SdeItem.ItoEquation equation -> Optional.of(Form.ITO);
            case SdeItem.TransitionEquation equation -> Optional.of(Form.TRANSITION);
            case SdeItem.ChainEquation equation -> Optional.of(Form.CHAIN);
            case SdeItem.TimeDomain none -> Optional.empty();
            case SdeItem.ChainIndex none -> Optional.empty();
            case SdeItem.LocalValue none -> Optional.empty();
            case SdeItem.LocalFunction none -> Optional.empty();
            case SdeItem.Stratonovich none -> Optional.empty();
        };
    }

    static Optional<String> state(SdeItem item) {
        return switch (item) {
            case SdeItem.ItoEquation equation -> Optional.of(equation.state());
            case SdeItem.TransitionEquation equation -> Optional.of(equation.state());
            case SdeItem.ChainEquation equation -> Optional.of(equation.state());
            case SdeItem.TimeDomain none -> Optional.empty();
            case SdeItem.ChainIndex none -> Optional.empty();
            case SdeItem.LocalValue none -> Optional.empty();
            case SdeItem.LocalFunction none -> Optional.empty();
            case SdeItem.Stratonovich none -> Optional.empty();
        };
    }

    private void equations() {
        List<SdeItem> equations =
                sde.items().stream().filter(item -> form(item).isPresent()).toList();
        if (equations.isEmpty()) {
            findings.ofForm(Diagnostic.error("E0210", sde.nameSpan(), "the process " + sde.name() + " has no equation")
                    .help("give it one, such as `dx = -x dt + sqrt(2) dw`"));
            return;
        }
        Form first = form(equations.getFirst()).orElseThrow();
        Set<String> states = new HashSet<>();
        for (SdeItem equation : equations) {
            Form form = form(equation).orElseThrow();
            String state = state(equation).orElseThrow();
            if (form != first) {
                findings.ofForm(Diagnostic.error("E0212", equation.span(), "a process is written in one form")
                        .label("this is " + form.shown + ", the process began with " + first.shown)
                        .help("keep one of them: each of the forms is derived from any other"));
            } else if (form == Form.TRANSITION && !states.isEmpty() && !states.contains(state)) {
                findings.ofForm(Diagnostic.error(
                                "E0217", equation.span(), "a process that is stated by its transition has one state")
                        .label("the transition of " + state + " beside that of "
                                + states.iterator().next())
                        .help("write a system by its equations, `dx = …` and `d" + state
                                + " = …`, or declare two processes"));
            } else if (!states.add(state)) {
                findings.ofForm(Diagnostic.error("E0211", equation.span(), "a second equation for " + state)
                        .help("write one equation with all its terms"));
            }
            if (equation instanceof SdeItem.ItoEquation ito) {
                ito.terms().forEach(this::term);
            }
        }
    }

    private void term(EquationTerm term) {
        String differential = term.differential();
        boolean noise = Differentials.isNoise(differential);
        if (!term.isDrift() && !noise) {
            findings.ofForm(Diagnostic.error(
                            "E0204", term.differentialSpan(), "`" + differential + "` is neither `dt` nor a noise")
                    .label("expected `dt`, or a noise such as `dw` or `dw_1`"));
        } else if (term.stratonovich() && !noise) {
            findings.ofForm(Diagnostic.error("E0204", term.differentialSpan(), "`∘` stands before a noise")
                    .help("write `" + differential + "` without it"));
        }
    }

    private void domains() {
        boolean seen = false;
        for (SdeItem item : sde.items()) {
            switch (item) {
                case SdeItem.TimeDomain domain -> {
                    if (seen) {
                        findings.ofForm(Diagnostic.error("E0214", domain.span(), "a second time domain"));
                    }
                    seen = true;
                    requireStartAtZero(domain);
                    forward(
                            domain.from(),
                            domain.to(),
                            domain.span(),
                            "the time domain",
                            "write the smaller bound first; `reverse(p)` turns a process around");
                }
                case SdeItem.ChainIndex index ->
                    forward(
                            index.from(),
                            index.to(),
                            index.span(),
                            "the range of the index",
                            "write the smaller bound first; a chain counts from its data to its noise");
                default -> {}
            }
        }
    }

    private void requireStartAtZero(SdeItem.TimeDomain domain) {
        constant(domain.from()).ifPresent(from -> {
            if (from < 0) {
                findings.ofForm(Diagnostic.error("E0670", domain.span(), "time begins before 0, the time of the data")
                        .help("begin at 0 or later, and write the coefficients as functions of the"
                                + " time since the begin"));
            }
        });
    }

    /** Reports lines and parameters that shadow a name of time or of a state. */
    private void names() {
        String time = sde.items().stream()
                .filter(SdeItem.TimeDomain.class::isInstance)
                .map(item -> ((SdeItem.TimeDomain) item).time())
                .findFirst()
                .orElse("t");
        Set<String> states = new HashSet<>();
        sde.items().forEach(item -> state(item).ifPresent(states::add));
        for (SdeItem item : sde.items()) {
            if (item instanceof SdeItem.LocalValue local) {
                if (local.name().equals(time)) {
                    findings.ofForm(timeTaken(local));
                } else if (states.contains(local.name())) {
                    findings.ofForm(taken(local.name(), "a line", local.nameSpan()));
                }
            }
        }
        for (Parameter parameter : sde.parameters()) {
            if (states.contains(parameter.name()) || parameter.name().equals(time)) {
                findings.ofForm(taken(parameter.name(), "a parameter", parameter.span()));
            }
        }
    }

    private static Diagnostic timeTaken(SdeItem.LocalValue line) {
        Diagnostic taken =
                Diagnostic.error("E0216", line.span(), "`" + line.name() + "` is the time, which no line can set");
        return line.value() instanceof Expression.ListLiteral bounds
                        && bounds.elements().size() == 2
                ? taken.help("a time domain is written with `in`: `" + line.name() + " in [0, 1]`")
                : taken.help("give the value another name");
    }

    private Diagnostic taken(String name, String by, Span span) {
        return Diagnostic.error("E0218", span, "`" + name + "` is the name of a state or of time, and of " + by)
                .help("give one of them another name");
    }

    private void forward(Expression from, Expression to, Span span, String what, String help) {
        OptionalDouble low = constant(from);
        OptionalDouble high = constant(to);
        if (low.isPresent() && high.isPresent() && low.getAsDouble() >= high.getAsDouble()) {
            boolean reversed = low.getAsDouble() > high.getAsDouble();
            Diagnostic error = Diagnostic.error("E0213", span, what + (reversed ? " runs backwards" : " is empty"));
            findings.ofForm(reversed ? error.help(help) : error);
        }
    }

    private static OptionalDouble constant(Expression expression) {
        return ConstantFolding.literal(expression).orElse(null) instanceof Constant.Number(double number)
                ? OptionalDouble.of(number)
                : OptionalDouble.empty();
    }

    private void chainIndex() {
        Map<String, Span> ranges = new HashMap<>();
        for (SdeItem item : sde.items()) {
            if (item instanceof SdeItem.ChainIndex index) {
                ranges.put(index.index(), index.span());
            }
        }
        for (SdeItem item : sde.items()) {
            if (item instanceof SdeItem.ChainEquation chain && !ranges.containsKey(chain.index())) {
                findings.ofForm(
                        Diagnostic.error("E0215", chain.span(), "the index `" + chain.index() + "` has no range")
                                .help("add a line `" + chain.index() + " in 1..1000`"));
            }
        }
    }
}
