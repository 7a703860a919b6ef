package org.sdescript.backend;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.ScriptCalls;
import java.util.List;
import org.sdescript.graph.HostProgram;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.torchscript.Script;

/** Makes the lists x, c and n of a script's call. */
final class ScriptArguments {
    private final Backend backend;
    private final Script script;
    private final HostProgram host;
    private final int[] numberSlots;
    private final Tensor[] literals;
    private final long[] sizes;
    private final int given;

    ScriptArguments(Backend backend, Script script, HostProgram host) {
        this.backend = backend;
        this.script = script;
        this.host = host;
        this.numberSlots = script.numbers().stream().mapToInt(host::slot).toArray();
        this.literals = script.literals().stream()
                .map(literal -> literal(backend, literal))
                .toArray(Tensor[]::new);
        this.sizes = script.sizes().stream().mapToLong(Long::longValue).toArray();
        this.given = script.given().size();
    }

    private static Tensor literal(Backend backend, Operation.Literal literal) {
        double[] values =
                literal.values().stream().mapToDouble(Double::doubleValue).toArray();
        return backend.tensor(literal.dtype(), literal.shape(), values);
    }

    double[] numbers(List<? extends Operand> inputs) {
        return host.run(index -> ((Operand.Number) inputs.get(index)).value());
    }

    /** The list x, to be deleted; the draws live in the scope. */
    long tensors(List<? extends Operand> inputs, RandomStream random, PtNDManager scope) {
        List<Node> draws = script.draws();
        long[] handles = new long[given + literals.length + draws.size()];
        for (int i = 0; i < given; i++) {
            handles[i] = ((Tensor) inputs.get(script.given().get(i))).array().getHandle();
        }
        for (int i = 0; i < literals.length; i++) {
            handles[given + i] = literals[i].array().getHandle();
        }
        for (int i = 0; i < draws.size(); i++) {
            handles[given + literals.length + i] =
                    draw(draws.get(i), random, scope).getHandle();
        }
        return ScriptCalls.tensors(handles);
    }

    private PtNDArray draw(Node draw, RandomStream random, PtNDManager scope) {
        try {
            return draw(draw.operation(), random, scope);
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw Memory.beyondJava(e, draw);
        }
    }

    private PtNDArray draw(Operation operation, RandomStream random, PtNDManager scope) {
        Staging staging = backend.staging();
        return switch (operation) {
            case Operation.RandomNormal(var dtype, Shape shape) -> {
                double[] values = staging.scratch(shape);
                random.normal(shape, values);
                yield staging.upload(scope, dtype, shape, values);
            }
            case Operation.RandomUniform(var dtype, Shape shape) -> {
                double[] values = staging.scratch(shape);
                random.uniform(shape, values);
                yield staging.uploadFractions(scope, dtype, shape, values);
            }
            default -> throw new IllegalStateException(operation + " draws nothing");
        };
    }

    /** The list c, to be deleted. */
    long numbers(double[] values) {
        double[] chosen = new double[numberSlots.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = values[numberSlots[i]];
        }
        return ScriptCalls.numbers(chosen);
    }

    /** The list n, to be deleted. */
    long sizes() {
        return ScriptCalls.integers(sizes);
    }
}
