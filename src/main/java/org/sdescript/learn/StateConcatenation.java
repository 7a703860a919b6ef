package org.sdescript.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Operation;
import org.sdescript.process.Process;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** The states of a system as the network's input: one tensor, concatenated along the axis after the sample axis. */
record StateConcatenation(List<String> names) {
    private static final int AXIS = 1;

    StateConcatenation(Process process) {
        this(process.states().stream().map(Expr.Symbol::name).toList());
    }

    StateConcatenation {
        names = List.copyOf(names);
    }

    boolean isSystem() {
        return names.size() > 1;
    }

    /** Returns one tensor for each state. */
    List<Value> parts(Value x, Tensors tensors, Span span) {
        if (!isSystem()) {
            return List.of(x);
        }
        if (x instanceof Value.RecordValue(var fields) && fields.keySet().containsAll(names)) {
            return names.stream()
                    .map(name ->
                            tensors.require(Objects.requireNonNull(fields.get(name)), "the state `" + name + "`", span))
                    .toList();
        }
        throw Diagnostic.error(
                        "E0850",
                        span,
                        "the model takes a record of the states " + String.join(", ", names) + ", but is given "
                                + x.words())
                .help("a record with a tensor for each state: `{" + names.getFirst() + ": …}`")
                .raise();
    }

    Value joined(Value x, Tensors tensors, Span span) {
        return isSystem() ? tensors.apply(new Operation.Concat(AXIS), span, parts(x, tensors, span)) : x;
    }

    /** Splits a concatenated tensor into a record of the states. */
    Value parted(Value joined, Tensors tensors, Span span) {
        if (!isSystem()) {
            return joined;
        }
        long size = tensors.shape(joined).size(AXIS) / names.size();
        Map<String, Value> fields = new LinkedHashMap<>();
        for (String name : names) {
            long from = fields.size() * size;
            fields.put(name, tensors.apply(new Operation.Slice(AXIS, from, from + size, 1), span, joined));
        }
        return new Value.RecordValue(fields);
    }
}
