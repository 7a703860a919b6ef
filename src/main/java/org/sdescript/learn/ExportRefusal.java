package org.sdescript.learn;

import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Node;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.TracedWays;
import org.sdescript.source.Span;

/** The error for a function that cannot be exported; names the operation at its place in the script. */
record ExportRefusal(Call call, String shown) implements TracedWays.Refusals {
    private static final String CODE = "E0792";
    private static final String HELP = "an exported score is a tensor computed from x and t, the same at each call";

    /** Returns the error for the whole call. */
    SdeError because(String why) {
        return because(why, HELP);
    }

    /** Returns the error for the whole call, with a way out. */
    SdeError because(String why, String help) {
        return call.diagnostic(CODE, shown + " cannot be exported: " + why)
                .help(help)
                .raise();
    }

    /** Returns the error for a name that two parts of the file would have. */
    SdeError named(String name, String parts) {
        return because(
                parts + " would be named `" + name + "`",
                "give the state of the process, or the label of the network, another name");
    }

    @Override
    public SdeError at(Node decision) {
        return at(decision, "what it computes depends on this number of a call");
    }

    @Override
    public boolean isRefusal(SdeError error) {
        return error.diagnostics().getFirst().code().equals(CODE);
    }

    /** Returns the error for an operation. */
    SdeError at(Node node, String why) {
        Span place = node.span().orElse(call.span());
        Diagnostic error = Diagnostic.error(CODE, place, shown + " cannot be exported: " + why)
                .label(node.operation().words())
                .help(HELP);
        return (place.equals(call.span())
                        ? error
                        : error.note("line " + call.span().line() + " exports it"))
                .raise();
    }

    Value requireTensor(Value result) {
        if (!(result instanceof Value.TracedValue tensor) || tensor.node().isNumber()) {
            throw because("of (x, t) it gives " + result.words() + " and not a tensor");
        }
        return result;
    }
}
