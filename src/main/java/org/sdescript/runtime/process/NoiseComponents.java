package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.process.Process;
import org.sdescript.runtime.ShapeChecks;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The noise of each Wiener process of a process within a value z: z has a field for each of them, named as its
 * differential, or it has the form of the states and each Wiener process uses one state's component.
 */
final class NoiseComponents {
    private final Process process;
    private final Tensors tensors;
    private final Span span;

    NoiseComponents(Process process, Tensors tensors, Span span) {
        this.process = process;
        this.tensors = tensors;
        this.span = span;
    }

    /** Returns the names of the differentials: dw_1, dw_2. */
    static List<String> names(Process process) {
        return process.noises().stream().map(name -> "d" + name).toList();
    }

    /** True if z is a record with a field for each Wiener process. */
    static boolean areNamedIn(Value z, Process process) {
        return z instanceof Value.RecordValue(var fields)
                && !process.noises().isEmpty()
                && fields.keySet().equals(Set.copyOf(names(process)));
    }

    boolean areNamedIn(Value z) {
        return areNamedIn(z, process);
    }

    boolean exceedStates() {
        return exceedStates(process);
    }

    /** True for a system with more Wiener processes than states; those of a single state are combined into one. */
    static boolean exceedStates(Process process) {
        return process.states().size() > 1
                && process.noises().size() > process.states().size();
    }

    /** Returns the noises of a record in their order, each in the shape of the states that it drives. */
    List<Value> named(Value z, IntFunction<Value> states) {
        Map<String, Value> fields = ((Value.RecordValue) z).fields();
        List<Value> each = new ArrayList<>();
        for (int noise = 0; noise < process.noises().size(); noise++) {
            String name = names(process).get(noise);
            Value given =
                    tensors.requireOperand(Objects.requireNonNull(fields.get(name)), "the noise `" + name + "`", span);
            each.add(ShapeChecks.ofNoise(given, states.apply(firstDriven(noise)), tensors, span));
        }
        return each;
    }

    /**
     * Returns standard normal noise for each Wiener process. States [n, …] of one shape take one draw [n, noises, …],
     * which is told apart from a draw for a state by its shape.
     */
    Value drawn(IntFunction<Value> states) {
        List<Value> driven = IntStream.range(0, process.noises().size())
                .mapToObj(noise -> states.apply(firstDriven(noise)))
                .toList();
        Shape shape = shape(driven.getFirst());
        boolean isOneDraw = shape.rank() > 0
                && driven.stream().allMatch(state -> shape(state).equals(shape));
        List<Value> parts = isOneDraw
                ? parts(shape, driven.size())
                : driven.stream().map(this::like).toList();
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int noise = 0; noise < parts.size(); noise++) {
            fields.put(names(process).get(noise), parts.get(noise));
        }
        return new Value.RecordValue(fields);
    }

    private List<Value> parts(Shape shape, int count) {
        List<Long> sizes = new ArrayList<>(shape.sizes());
        sizes.add(1, (long) count);
        Value all = tensors.normal(new Shape(sizes), span);
        return IntStream.range(0, count)
                .mapToObj(noise -> tensors.reshape(
                        tensors.apply(new Operation.Slice(1, noise, noise + 1L, 1), span, all), shape, span))
                .toList();
    }

    private Shape shape(Value state) {
        return Tensors.isTensor(state) ? tensors.shape(state) : Shape.SCALAR;
    }

    Value like(Value state) {
        return tensors.normal(shape(state), span);
    }

    private int firstDriven(int noise) {
        return IntStream.range(0, process.states().size())
                .filter(i -> !process.diffusion().get(i).get(noise).isZero())
                .findFirst()
                .orElse(0);
    }

    /**
     * Returns for each Wiener process the state whose component it uses: the first free state that it drives, or else
     * the first free state.
     */
    List<Integer> drivers() {
        if (exceedStates()) {
            throw Diagnostic.error(
                            "E0621",
                            span,
                            process.name() + " has more noises than states, so its noise is no record of the states")
                    .help("give a record with a field for each noise, "
                            + String.join(
                                    ", ",
                                    names(process).stream()
                                            .map(name -> "`" + name + "`")
                                            .toList())
                            + ": `p.noise_like(x)` draws one")
                    .raise();
        }
        List<Integer> taken =
                new ArrayList<>(Collections.nCopies(process.noises().size(), -1));
        for (boolean mustDrive : new boolean[] {true, false}) {
            for (int noise = 0; noise < taken.size(); noise++) {
                int column = noise;
                if (taken.get(noise) < 0) {
                    IntStream.range(0, process.states().size())
                            .filter(i -> !taken.contains(i))
                            .filter(i -> !mustDrive
                                    || !process.diffusion().get(i).get(column).isZero())
                            .findFirst()
                            .ifPresent(i -> taken.set(column, i));
                }
            }
        }
        return taken;
    }
}
