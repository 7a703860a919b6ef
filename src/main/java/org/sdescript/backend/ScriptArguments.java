package org.sdescript.backend;

import ai.djl.pytorch.jni.ScriptCalls;
import java.util.List;
import org.sdescript.graph.DType;
import org.sdescript.graph.HostProgram;
import org.sdescript.graph.Operation;
import org.sdescript.torchscript.ScriptMethod;

/** Builds the lists x, c and n of a script's call, omitting empty ones. */
final class ScriptArguments {
    private final Backend backend;
    private final HostProgram host;
    private final int[] numberSlots;
    private final DType[] beside;
    private final int[] given;
    private final Tensor[] literals;
    private final DrawBuffer[] draws;
    private final long[] sizes;

    ScriptArguments(Backend backend, ScriptMethod script, HostProgram host) {
        this.backend = backend;
        this.host = host;
        this.numberSlots = script.numbers().stream()
                .mapToInt(number -> host.slot(number.node()))
                .toArray();
        this.beside = script.numbers().stream().map(ScriptMethod.Number::beside).toArray(DType[]::new);
        this.given = script.given().stream().mapToInt(Integer::intValue).toArray();
        this.literals = script.literals().stream()
                .map(literal -> literal(backend, literal))
                .toArray(Tensor[]::new);
        this.draws = script.draws().stream()
                .map(node -> DrawBuffer.of(backend, node))
                .toArray(DrawBuffer[]::new);
        this.sizes = script.sizes().stream().mapToLong(Long::longValue).toArray();
    }

    private static Tensor literal(Backend backend, Operation.Literal literal) {
        double[] values =
                literal.values().stream().mapToDouble(Double::doubleValue).toArray();
        return backend.tensor(literal.dtype(), literal.shape(), values);
    }

    double[] numbers(List<? extends Operand> inputs) {
        return host.run(index -> ((Operand.Number) inputs.get(index)).value());
    }

    /** @param numbers the result of {@link #numbers} */
    void add(ScriptCall call, List<? extends Operand> inputs, RandomStream random, double[] numbers) {
        long[] handles = new long[given.length + literals.length + draws.length];
        int next = 0;
        for (int index : given) {
            handles[next++] = ((Tensor) inputs.get(index)).array().getHandle();
        }
        for (Tensor literal : literals) {
            handles[next++] = literal.array().getHandle();
        }
        for (DrawBuffer draw : draws) {
            handles[next++] = draw.next(random, backend.staging());
        }
        if (handles.length > 0) {
            call.withOwned(ScriptCalls.tensors(handles));
        }
        if (numberSlots.length > 0) {
            call.withOwned(ScriptCalls.numbers(chosen(numbers)));
        }
        if (sizes.length > 0) {
            call.withOwned(ScriptCalls.integers(sizes));
        }
    }

    private double[] chosen(double[] numbers) {
        double[] chosen = new double[numberSlots.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = beside[i].holding(numbers[numberSlots[i]]);
        }
        return chosen;
    }
}
