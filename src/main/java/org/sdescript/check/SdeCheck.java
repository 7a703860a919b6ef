package org.sdescript.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.sdescript.ast.EquationTerm;
import org.sdescript.ast.Expression;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** The form of a process: that it has equations, of one form, one for each state, over a domain that goes forward. */
final class SdeCheck {
    private static final Pattern NOISE = Pattern.compile("d[wW]([_\\p{Nd}₀-₉].*)?");

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
            findings.add(Diagnostic.error("E0210", sde.nameSpan(), "the process " + sde.name() + " has no equation")
                    .help("give it one, such as `dx = -x dt + sqrt(2) dw`"));
            return;
        }
        Form first = form(equations.getFirst()).orElseThrow();
        Set<String> states = new HashSet<>();
        for (SdeItem equation : equations) {
            Form form = form(equation).orElseThrow();
            String state = state(equation).orElseThrow();
            if (form != first) {
                findings.add(Diagnostic.error("E0212", equation.span(), "a process is written in one form")
                        .label("this is " + form.shown + ", the process began with " + first.shown)
                        .help("keep one of them: each of the forms is derived from any other"));
            } else if (!states.add(state)) {
                findings.add(Diagnostic.error("E0211", equation.span(), "a second equation for " + state)
                        .help("write one equation with all its terms"));
            }
            if (equation instanceof SdeItem.ItoEquation ito) {
                ito.terms().forEach(this::term);
            }
        }
    }

    private void term(EquationTerm term) {
        String differential = term.differential();
        boolean noise = NOISE.matcher(differential).matches();
        if (!term.isDrift() && !noise) {
            findings.add(Diagnostic.error(
                            "E0204",
                            term.differentialSpan(),
                            "`" + differential + "` is neither time's step nor a noise")
                    .label("expected `dt`, or a noise such as `dw` or `dw_1`"));
        } else if (term.stratonovich() && !noise) {
            findings.add(Diagnostic.error("E0204", term.differentialSpan(), "`∘` stands before a noise")
                    .help("write `" + differential + "` without it"));
        }
    }

    private void domains() {
        boolean seen = false;
        for (SdeItem item : sde.items()) {
            switch (item) {
                case SdeItem.TimeDomain domain -> {
                    if (seen) {
                        findings.add(Diagnostic.error("E0214", domain.span(), "a second time domain"));
                    }
                    seen = true;
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

    private void forward(Expression from, Expression to, Span span, String what, String help) {
        OptionalDouble low = constant(from);
        OptionalDouble high = constant(to);
        if (low.isPresent() && high.isPresent() && low.getAsDouble() >= high.getAsDouble()) {
            boolean reversed = low.getAsDouble() > high.getAsDouble();
            Diagnostic error = Diagnostic.error("E0213", span, what + (reversed ? " runs backwards" : " is empty"));
            findings.add(reversed ? error.help(help) : error);
        }
    }

    private static OptionalDouble constant(Expression expression) {
        return Folding.literal(expression).orElse(null) instanceof Constant.Number(double number)
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
                findings.add(Diagnostic.error("E0215", chain.span(), "the index `" + chain.index() + "` has no range")
                        .help("add a line `" + chain.index() + " in 1..1000`"));
            }
        }
    }
}
