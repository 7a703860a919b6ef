package org.sdescript.runtime.builtin;

import java.util.Comparator;
import java.util.List;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;

/** The order of {@code sorted}: numbers, strings, and lists in lexicographic order. */
final class Sorting {
    private final Call call;

    private Sorting(Call call) {
        this.call = call;
    }

    static Value sorted(Call call) {
        Comparator<Keyed> order = Comparator.comparing(Keyed::key, new Sorting(call)::compare);
        return Value.list(call.interpreter().elements(call.value("e"), call.span()).stream()
                .map(element -> new Keyed(element, key(call, element)))
                .sorted(call.isTrue("reverse") ? order.reversed() : order)
                .map(Keyed::element)
                .toList());
    }

    private record Keyed(Value element, Value key) {}

    private static Value key(Call call, Value element) {
        return call.given("key").isEmpty()
                ? element
                : call.interpreter().call(call.callable("key"), call.span(), element);
    }

    private int compare(Value left, Value right) {
        StopRequest.poll();
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return a.compareTo(b);
        }
        if (left instanceof Value.ListValue(var a) && right instanceof Value.ListValue(var b)) {
            return compareLists(a, b);
        }
        if (left instanceof Value.Text || right instanceof Value.Text) {
            Value other = left instanceof Value.Text ? right : left;
            throw call.diagnostic("E0444", "a string and " + other.words() + " have no order")
                    .help("`sorted(e, key = string)` sorts all of them as strings")
                    .raise();
        }
        return Double.compare(number(left), number(right));
    }

    private int compareLists(List<Value> left, List<Value> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private double number(Value value) {
        return Coercion.number(value, "an element of sorted", call.span());
    }
}
