package org.sdescript.graph.gradient;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.ForeignFunction;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Operation;

/** Derivatives of imported functions: first derivatives by x only, since the engine provides no others. */
final class ForeignPullbacks {
    private ForeignPullbacks() {}

    static Node of(Node node, ForeignFunction function, int place, Node g, NodeBuilder terms) {
        if (place > 0) {
            throw refused(function, "with respect to time");
        }
        List<Node> inputs = new ArrayList<>(node.inputs());
        inputs.add(g);
        return terms.builder().add(new Operation.ForeignGradient(function), inputs, terms.span());
    }

    static SdeError second(ForeignFunction function) {
        return refused(function, "twice");
    }

    private static SdeError refused(ForeignFunction function, String how) {
        return Diagnostic.error(
                        "E0798", null, "the network of " + function.origin() + " cannot be differentiated " + how)
                .note("an imported network gives only its values and their gradient by x")
                .help("`divergence` with `probes` and guidance need only this gradient; other derivatives"
                        + " need a network written in the language")
                .raise();
    }
}
