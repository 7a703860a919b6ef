package org.sdescript.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sdescript.algebra.Expr;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/**
 * The samples of an exported function: the tensor x, or a tensor for each state of a system, by the state's name.
 *
 * @param names the names of the tensors
 */
record ExportedStates(List<String> names) {
    static ExportedStates of(Optional<ProcessValue> process) {
        List<String> states = process.stream()
                .flatMap(its -> its.process().states().stream().map(Expr.Symbol::name))
                .toList();
        return new ExportedStates(states.size() > 1 ? states : List.of("x"));
    }

    boolean isSystem() {
        return names.size() > 1;
    }

    /** Returns the samples as the value that functions of the process take. */
    Value joined(List<Value> tensors) {
        if (!isSystem()) {
            return tensors.getFirst();
        }
        Map<String, Value> record = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            record.put(names.get(i), tensors.get(i));
        }
        return new Value.RecordValue(record);
    }

    /** Returns the names of a result of the form of the samples: next, or next_x and next_v. */
    List<String> results(String name) {
        return isSystem() ? names.stream().map(state -> name + "_" + state).toList() : List.of(name);
    }

    /** Returns the tensors of such a result. */
    List<Value> parts(Value result, ExportRefusal refusal) {
        if (!isSystem()) {
            return List.of(refusal.requireTensor(result));
        }
        if (!(result instanceof Value.RecordValue(var fields))
                || !fields.keySet().containsAll(names)) {
            throw refusal.because(
                    "it gives " + result.words() + " and not a record of the states " + String.join(", ", names));
        }
        return names.stream()
                .map(name -> refusal.requireTensor(Objects.requireNonNull(fields.get(name))))
                .toList();
    }
}
