package org.sdescript.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Comparisons;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Value;

/**
 * The memory of a predictor, {@code past}, as inputs and results of an exported step. The first steps may remember less
 * than later ones, or in another form: the inputs are those of all forms, and the number of steps before chooses the form.
 * An input that a form does not have is passed on unchanged.
 *
 * @param forms the memory that a step receives, by the number of steps before; the last one from then on. The values
 *     only give types
 * @param inputs an example of each tensor and number of all forms, by name
 */
record ExportedMemory(List<Value> forms, Map<String, Value> inputs) {
    static final String COUNT = "steps_before";
    static final ExportedMemory NONE = new ExportedMemory(List.of(Value.None.NONE), Map.of());

    /** The variable of a predictor. */
    static final String PAST = "past";

    private static final String RESULT = "next_";

    /** More forms than any method of several steps has; a memory that still changes then grows with each step. */
    private static final int MOST_FORMS = 8;

    /**
     * Finds the forms.
     *
     * @param next the form of the memory that a step returns, by that which it receives
     */
    static ExportedMemory of(Call call, ExportRefusal refusal, Function<Value, Value> next) {
        List<Value> forms = new ArrayList<>(List.of(Value.None.NONE));
        Map<String, Value> inputs = new LinkedHashMap<>();
        while (true) {
            Value form = example(next.apply(forms.getLast()), call);
            if (types(form, call).equals(types(forms.getLast(), call))) {
                return new ExportedMemory(List.copyOf(forms), inputs);
            }
            if (forms.size() == MOST_FORMS) {
                throw refusal.because("its memory takes another form in each step");
            }
            forms.add(form);
            leaves(form, refusal).forEach((name, leaf) -> {
                Value known = inputs.putIfAbsent(name, leaf);
                if (known != null
                        && !call.tensors().type(known).equals(call.tensors().type(leaf))) {
                    throw changes(refusal, name);
                }
            });
        }
    }

    /** Returns numbers and tensors of the same types as those of a trace. */
    private static Value example(Value form, Call call) {
        return TensorLeaves.replace(
                form,
                leaf -> call.tensors().type(leaf) instanceof Type.TensorType(DType dtype, var shape)
                        ? ExportedFunction.zeros(call, shape, dtype)
                        : Value.number(0));
    }

    private static Value types(Value form, Call call) {
        return TensorLeaves.replace(
                form, leaf -> Value.text(call.tensors().type(leaf).toString()));
    }

    /** True if a step takes the number of steps before. */
    boolean isCounted() {
        return forms.size() > 1;
    }

    /** Returns the number of the form that a step receives; branches on the number of steps before. */
    int form(Value count, Call call) {
        int form = 0;
        while (form < forms.size() - 1 && !isAt(count, form, call)) {
            form++;
        }
        return form;
    }

    /** Returns the memory of a form from the inputs, in their order. */
    Value received(int form, List<Value> given, ExportRefusal refusal) {
        Map<String, Value> byName = byName(given);
        var names = leaves(forms.get(form), refusal).keySet().iterator();
        return TensorLeaves.replace(forms.get(form), leaf -> Optional.ofNullable(byName.get(names.next()))
                .orElseThrow());
    }

    private static boolean isAt(Value count, int form, Call call) {
        Value before = call.tensors().binary(BinaryOperation.LESS, count, Value.number(form + 1), call.span());
        return Comparisons.isTrue(before, call.interpreter(), call.span());
    }

    private Map<String, Value> byName(List<Value> given) {
        Map<String, Value> byName = new LinkedHashMap<>();
        inputs.keySet().forEach(name -> byName.put(name, given.get(byName.size())));
        return byName;
    }

    List<String> results() {
        return inputs.keySet().stream().map(name -> RESULT + name).toList();
    }

    /**
     * Returns the results: what the step remembers, and the inputs that it does not. The next step chooses its form by
     * the number of steps alone, so the memory must have this form on each way through the step.
     *
     * @param received the number of the form that the step received
     */
    List<Value> returned(int received, Value memory, List<Value> given, Call call, ExportRefusal refusal) {
        Value form = forms.get(Math.min(received + 1, forms.size() - 1));
        Map<String, Value> byName = byName(given);
        leaves(memory, refusal).forEach((name, leaf) -> {
            Value input = byName.put(name, leaf);
            if (input != null
                    && !call.tensors().type(input).equals(call.tensors().type(leaf))) {
                throw changes(refusal, name);
            }
        });
        if (!types(memory, call).equals(types(form, call))) {
            throw refusal.because(
                    "its memory takes another form, or holds another text or truth value, where it branches",
                    "return the same parts from each branch; a number may differ, as in"
                            + " `{low: if t < 0.5 then 1 else 0}`");
        }
        return List.copyOf(byName.values());
    }

    private static RuntimeException changes(ExportRefusal refusal, String name) {
        return refusal.because("`" + name + "` of its memory is not in every step of the same type and shape");
    }

    /** Returns the tensors and numbers of a memory by their paths, in the order of {@link TensorLeaves}. */
    private static Map<String, Value> leaves(Value memory, ExportRefusal refusal) {
        Map<String, Value> leaves = new LinkedHashMap<>();
        collect(PAST, memory, leaves, refusal);
        return leaves;
    }

    private static void collect(String path, Value memory, Map<String, Value> leaves, ExportRefusal refusal) {
        switch (memory) {
            case Value.ListValue(var elements) -> {
                for (int i = 0; i < elements.size(); i++) {
                    collect(path + "_" + i, elements.get(i), leaves, refusal);
                }
            }
            case Value.RecordValue(var fields) ->
                fields.forEach((name, field) -> collect(path + "_" + name, field, leaves, refusal));
            case Value.Num number -> put(path, number, leaves, refusal);
            case Value.TensorLike tensor -> put(path, tensor, leaves, refusal);
            case Value.None none -> {}
            case Value.Bool bool -> {}
            case Value.Text text -> {}
            default -> throw refusal.because("its memory holds " + memory.words());
        }
    }

    private static void put(String path, Value leaf, Map<String, Value> leaves, ExportRefusal refusal) {
        if (leaves.put(path, leaf) != null) {
            throw refusal.because("two parts of its memory would be named `" + path + "`");
        }
    }
}
