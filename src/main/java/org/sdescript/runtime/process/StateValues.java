package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.process.Matrix;
import org.sdescript.process.Process;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;

/**
 * Maps the states of a process to values: a single state is a tensor, the states of a system are the fields of a
 * record.
 */
record StateValues(List<Expr.Symbol> states, Optional<ComponentBasis> basis) {

    StateValues(List<Expr.Symbol> states) {
        this(states, Optional.empty());
    }

    /** Returns the states of a process; components that matrices couple are mapped into their basis and back. */
    static StateValues of(Process process) {
        return new StateValues(process.states(), ComponentBasis.of(process));
    }

    int size() {
        return states.size();
    }

    /** Returns one tensor or number per state. */
    List<Value> parts(Call call, String slot) {
        return IntStream.range(0, size()).mapToObj(i -> part(call, slot, i)).toList();
    }

    Value part(Call call, String slot, int i) {
        if (size() == 1) {
            Value whole = call.operand(slot);
            return basis.isPresent() ? basis.get().into(whole, call.tensors(), call.place(slot)) : whole;
        }
        String name = states.get(i).name();
        if (call.value(slot) instanceof Value.RecordValue(var fields) && fields.get(name) instanceof Value value) {
            return call.tensors().requireOperand(value, "the state `" + name + "`", call.span());
        }
        throw Coercion.mismatch(
                call.value(slot), "`" + slot + "`", "a record with the states: `{" + name + ": …}`", call.span());
    }

    /** Returns the value of all states, of the coordinates in the basis that of the components. */
    Value whole(IntFunction<Value> of, Call call) {
        Value whole = whole(of);
        return basis.isPresent() ? basis.get().outOf(whole, call.tensors(), call.span()) : whole;
    }

    /** Returns the value of all states, in the coordinates that the parts have. */
    Value whole(IntFunction<Value> of) {
        if (size() == 1) {
            return of.apply(0);
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            fields.put(states.get(i).name(), of.apply(i));
        }
        return new Value.RecordValue(fields);
    }

    /** Returns M v for a matrix of formulas, evaluated by {@code entry}. */
    List<Value> product(Matrix matrix, List<Value> vector, Function<Expr, Value> entry, Call call) {
        return product(
                (i, j) -> Optional.of(matrix.at(i, j)).filter(e -> !e.isZero()).map(entry), vector, call);
    }

    /** Returns M v for a matrix of values of times; {@code meeting} aligns the entries with the vector. */
    List<Value> product(NumberMatrix matrix, List<Value> vector, UnaryOperator<Value> meeting, Call call) {
        return product((i, j) -> Optional.of(meeting.apply(matrix.at(i, j))), vector, call);
    }

    /** The entries of a matrix, empty for a zero. */
    private interface Entry {
        Optional<Value> at(int row, int column);
    }

    private List<Value> product(Entry matrix, List<Value> vector, Call call) {
        List<Value> product = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            Value total = null;
            for (int j = 0; j < size(); j++) {
                Optional<Value> entry = matrix.at(i, j);
                if (entry.isPresent()) {
                    Value term = combine(BinaryOperator.MULTIPLY, entry.get(), vector.get(j), call);
                    total = total == null ? term : plus(total, term, call);
                }
            }
            product.add(total == null ? combine(BinaryOperator.MULTIPLY, Value.number(0), vector.get(i), call) : total);
        }
        return product;
    }

    static Value plus(Value a, Value b, Call call) {
        return combine(BinaryOperator.ADD, a, b, call);
    }

    static Value combine(BinaryOperator operator, Value a, Value b, Call call) {
        return ValueArithmetic.binary(operator, a, b, call.tensors(), call.span());
    }
}
