package org.sdescript.runtime;

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

/** How values hold the states of a process: a tensor is the one state there is, the fields of a record are those of a system. */
record StateSpace(List<Expr.Symbol> states) {

    int size() {
        return states.size();
    }

    /** One tensor or number for each state. */
    List<Value> parts(Call call, String slot) {
        return IntStream.range(0, size()).mapToObj(i -> part(call, slot, i)).toList();
    }

    Value part(Call call, String slot, int i) {
        if (size() == 1) {
            return call.tensor(slot);
        }
        String name = states.get(i).name();
        if (call.value(slot) instanceof Value.RecordValue(var fields) && fields.get(name) instanceof Value value) {
            return call.tensors().require(value, "the state `" + name + "`", call.span());
        }
        throw Convert.mismatch(
                call.value(slot), "`" + slot + "`", "a record with the states: `{" + name + ": …}`", call.span());
    }

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

    /** M v, where an entry of M has the value that a formula has at the times of the call. */
    List<Value> product(Matrix matrix, List<Value> vector, Function<Expr, Value> entry, Call call) {
        return product(
                (i, j) -> Optional.of(matrix.at(i, j)).filter(e -> !e.isZero()).map(entry), vector, call);
    }

    /** M v, where the entries of M are values of times, which {@code meeting} makes fit the vector. */
    List<Value> product(NumberMatrix matrix, List<Value> vector, UnaryOperator<Value> meeting, Call call) {
        return product((i, j) -> Optional.of(meeting.apply(matrix.at(i, j))), vector, call);
    }

    /** What stands in a matrix, empty for a zero. */
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
        return Arithmetic.binary(operator, a, b, call.tensors(), call.span());
    }
}
