package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.CoupledRows;
import org.sdescript.runtime.RowGroups;
import org.sdescript.runtime.TensorFunctions;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** The parts of {@code stdlib/couplings.sde} that the host computes: distances, the assignment, the entropic plan, equal conditions. */
public final class Couplings implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("squared_distances", Couplings::squaredDistances),
                Map.entry("assignment", Builtin.onHost(Couplings::assignment)),
                Map.entry("transport_plan", Builtin.onHost(Couplings::transportPlan)),
                Map.entry("matching_groups", Builtin.onHost(Couplings::matchingGroups)),
                Map.entry("coupled_rows", Builtin.onHost(Couplings::coupledRows)));
    }

    /** Returns |aᵢ|² − 2 aᵢ·bⱼ + |bⱼ|² in double, with the mean of a subtracted from both so that less cancels. */
    private static Value squaredDistances(Call call) {
        Tensors tensors = call.tensors();
        Value a = rows(call, "a");
        Value b = rows(call, "b");
        long components = tensors.shape(a).size(1);
        if (tensors.shape(b).size(1) != components) {
            throw call.diagnostic(
                            "E0580",
                            "the samples of `a` have " + components + " components, those of `b` "
                                    + tensors.shape(b).size(1))
                    .help("distances are between samples of one size")
                    .raise();
        }
        Value centre = finite(call, tensors.reduce(Reduction.MEAN, a, List.of(0), true, call.span()));
        a = tensors.binary(BinaryOperation.SUBTRACT, a, centre, call.span());
        b = tensors.binary(BinaryOperation.SUBTRACT, b, centre, call.span());
        Value products = tensors.apply(
                new Operation.MatMul(), call.span(), a, TensorFunctions.transpose(b, tensors, call.span()));
        Value both = tensors.binary(
                BinaryOperation.ADD,
                squares(call, a),
                TensorFunctions.transpose(squares(call, b), tensors, call.span()),
                call.span());
        Value twice = tensors.binary(BinaryOperation.MULTIPLY, Value.number(2), products, call.span());
        Value distances = tensors.binary(BinaryOperation.SUBTRACT, both, twice, call.span());
        return tensors.binary(BinaryOperation.MAXIMUM, distances, Value.number(0), call.span());
    }

    /** Returns the numbers with 0 for nan and inf, so that one such sample leaves the distances of the others. */
    private static Value finite(Call call, Value numbers) {
        Value zero = call.tensors().binary(BinaryOperation.SUBTRACT, numbers, numbers, call.span());
        Value isFinite = call.tensors().binary(BinaryOperation.EQUAL, zero, Value.number(0), call.span());
        return call.tensors().apply(new Operation.Where(), call.span(), isFinite, numbers, Value.number(0));
    }

    private static Value squares(Call call, Value rows) {
        Value each = call.tensors().unary(UnaryOperation.SQUARE, rows, call.span());
        return call.tensors().reduce(Reduction.SUM, each, List.of(1), true, call.span());
    }

    /** Returns samples as rows in double; the states of a system one after the other. */
    private static Value rows(Call call, String slot) {
        Tensors tensors = call.tensors();
        List<Value> parts = new ArrayList<>();
        for (Value leaf : TensorLeaves.of(withTensors(call.value(slot), call))) {
            Shape shape = tensors.shape(leaf);
            if (!Tensors.isTensor(leaf) || shape.rank() == 0) {
                throw call.mismatch(slot, "samples [n, …]");
            }
            long n = shape.size(0);
            Shape flat = Shape.of(n, n == 0 ? 1 : shape.elements() / n);
            parts.add(tensors.cast(tensors.reshape(leaf, flat, call.span()), DType.FLOAT64, call.span()));
        }
        if (parts.isEmpty()) {
            throw call.mismatch(slot, "samples [n, …]");
        }
        return parts.size() == 1 ? parts.getFirst() : TensorFunctions.concat(parts, 1, tensors, call.span());
    }

    /** Returns the value with a tensor for each list of numbers. */
    private static Value withTensors(Value value, Call call) {
        if (value instanceof Value.RecordValue(var fields)) {
            Map<String, Value> each = new LinkedHashMap<>();
            fields.forEach((name, field) -> each.put(name, withTensors(field, call)));
            return new Value.RecordValue(each);
        }
        return call.tensors().isNumbers(value) ? call.tensors().ofNumbers(value, call.span()) : value;
    }

    private static Value assignment(Call call) {
        double[][] costs = costs(call);
        if (costs.length > 0 && costs.length != costs[0].length) {
            throw call.diagnostic(
                            "E0581",
                            "an assignment pairs as many rows as columns, and the costs are [" + costs.length + ", "
                                    + costs[0].length + "]")
                    .help("take as many samples of one end as of the other")
                    .raise();
        }
        return whole(call, Assignment.of(costs).columns());
    }

    private static Value transportPlan(Call call) {
        double[][] costs = costs(call);
        if (costs.length == 0 || costs[0].length == 0) {
            throw call.mismatch("costs", "a matrix with an entry at least");
        }
        double[][] plan = TransportPlan.of(costs, call.number("reg"), call.number("tolerance"));
        double[] flat = Arrays.stream(plan).flatMapToDouble(Arrays::stream).toArray();
        return call.tensors().literal(DType.FLOAT64, Shape.of(plan.length, plan[0].length), flat, call.span());
    }

    private static double[][] costs(Call call) {
        if (!(call.tensor("costs") instanceof Value.TensorValue(Tensor tensor)
                && tensor.shape().rank() == 2)) {
            throw call.mismatch("costs", "a matrix");
        }
        double[] flat = tensor.toDoubles();
        int n = Math.toIntExact(tensor.shape().size(0));
        int m = Math.toIntExact(tensor.shape().size(1));
        for (int i = 0; i < flat.length; i++) {
            if (!Double.isFinite(flat[i])) {
                throw call.diagnostic(
                                "E0582",
                                "the cost of row " + i / m + " and column " + i % m + " is "
                                        + ValueText.number(flat[i]))
                        .help("costs are finite numbers: samples with nan or inf cannot be coupled")
                        .raise();
            }
        }
        double[][] costs = new double[n][];
        for (int i = 0; i < n; i++) {
            costs[i] = Arrays.copyOfRange(flat, i * m, (i + 1) * m);
        }
        return costs;
    }

    private static Value coupledRows(Call call) {
        return CoupledRows.require(
                call.value("rows"), call.integer("n"), call.text("name"), call.tensors(), call.span());
    }

    /** Returns the pairs of rows with equal conditions, in the order of their first row in a. */
    private static Value matchingGroups(Call call) {
        RowGroups left = groups(call, "a");
        RowGroups right = groups(call, "b");
        Set<List<Double>> conditions = new LinkedHashSet<>(left.rows().keySet());
        conditions.addAll(right.rows().keySet());
        List<Value> pairs = new ArrayList<>();
        for (List<Double> condition : conditions) {
            List<Integer> its = left.of(condition);
            List<Integer> other = right.of(condition);
            if (its.size() != other.size()) {
                throw call.diagnostic(
                                "E0583",
                                "the condition " + RowGroups.show(condition) + " has " + its.size()
                                        + " samples of a, and " + other.size() + " of b")
                        .note("only samples of equal conditions are coupled, each with another one")
                        .help("draw as many samples of a condition from both ends; a condition of many different"
                                + " values becomes one of few by `round(…)`")
                        .raise();
            }
            pairs.add(Value.list(List.of(whole(call, positions(its)), whole(call, positions(other)))));
        }
        return Value.list(pairs);
    }

    private static int[] positions(List<Integer> rows) {
        return rows.stream().mapToInt(row -> row).toArray();
    }

    private static RowGroups groups(Call call, String slot) {
        if (!(call.tensors().cast(rows(call, slot), DType.FLOAT64, call.span())
                instanceof Value.TensorValue(Tensor tensor))) {
            throw call.mismatch(slot, "conditions [n, …]");
        }
        return RowGroups.of(tensor.toDoubles(), Math.toIntExact(tensor.shape().size(0)));
    }

    private static Value whole(Call call, int[] numbers) {
        double[] values = Arrays.stream(numbers).asDoubleStream().toArray();
        return call.tensors().literal(DType.INT64, Shape.of(values.length), values, call.span());
    }
}
