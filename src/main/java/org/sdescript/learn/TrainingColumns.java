package org.sdescript.learn;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Expression;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Conditions;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Networks;
import org.sdescript.source.Span;

/**
 * Assigns the labels and conditions of the data to the variables of the network and of the loss. Labels fill the variable
 * {@code label}, or else the first that is left; a condition without a name fills the only variable that is left; others
 * fill the variables of their names, and the parameters of the process of these names.
 */
final class TrainingColumns {
    /** The variables (score, process, x0). */
    private static final int LOSS_VARIABLES = 3;

    private final Callable network;
    private final Callable loss;
    private final List<SlotTable.Slot> further;
    private final Function<Value, Tensor> precise;
    private final Span span;
    private final Set<String> ends;

    /** The names of the process's parameters that are numbers or tensors, and no schedules. */
    private final Set<String> parameters;

    private final Map<String, TrainingColumn> columns = new LinkedHashMap<>();

    private TrainingColumns(Training.Plan plan, Function<Value, Tensor> precise, Span span) {
        this.network = plan.network();
        this.loss = plan.loss();
        this.further = Networks.further(network);
        this.precise = precise;
        this.span = span;
        this.parameters = plan.process().origin().stream()
                .flatMap(declared -> declared.signature().slots().stream()
                        .filter(slot ->
                                isOfNumbers(slot, declared.configuration().get(slot.name())))
                        .map(SlotTable.Slot::name))
                .collect(Collectors.toSet());
        this.ends = plan.path().isPresent() ? Set.of(LossGraph.END) : Set.of();
    }

    /**
     * @param precise checks a condition and returns its tensor in the precision of the run
     * @return the labels first, then the conditions in the order of the data; without what neither network nor loss takes
     */
    static List<TrainingColumn> of(
            Training.Plan plan,
            Optional<Value> labels,
            Conditions conditions,
            Function<Value, Tensor> precise,
            Span span) {
        TrainingColumns columns = new TrainingColumns(plan, precise, span);
        labels.ifPresent(value -> columns.addLabels(value, conditions));
        conditions
                .tensors()
                .forEach((name, value) -> columns.add(
                        conditions.isUnnamed() ? columns.free() : name,
                        value,
                        !conditions.isUnnamed() && columns.parameters.contains(name)));
        columns.requireAll(labels.isPresent() || !conditions.isEmpty());
        return List.copyOf(columns.columns.values());
    }

    private void addLabels(Value labels, Conditions conditions) {
        Optional<String> variable = further.stream()
                .map(SlotTable.Slot::name)
                .filter(TrainedConditions.LABEL::equals)
                .findFirst()
                .or(() -> further.stream()
                        .map(SlotTable.Slot::name)
                        .filter(name -> !conditions.tensors().containsKey(name))
                        .filter(name -> further.size() == 1 || !name.equals(TrainedConditions.TOLD))
                        .filter(name -> !conditions.isUnnamed() || further.size() > 1)
                        .findFirst());
        String name = variable.orElse(TrainedConditions.LABEL);
        boolean ofLoss = isOfLoss(TrainedConditions.LABEL);
        if (variable.isPresent() || ofLoss) {
            Tensor rows = ((Value.TensorValue) labels).tensor();
            columns.put(name, new TrainingColumn(name, rows, true, variable.isPresent(), ofLoss, false));
        }
    }

    private void add(String name, Value condition, boolean ofProcess) {
        boolean ofNetwork = further.stream().anyMatch(slot -> slot.name().equals(name));
        if (!ofNetwork && !ofProcess && !isOfLoss(name)) {
            throw untaken("the condition `" + name + "`", name);
        }
        columns.put(
                name, new TrainingColumn(name, precise.apply(condition), false, ofNetwork, isOfLoss(name), ofProcess));
    }

    private static boolean isOfNumbers(SlotTable.Slot slot, @Nullable Value given) {
        if (given != null) {
            return given instanceof Value.Num || Tensors.isTensor(given);
        }
        return switch (slot.fallback()) {
            case SlotTable.Fallback.Constant(Value usual) -> usual instanceof Value.Num || Tensors.isTensor(usual);
            case SlotTable.Fallback.Computed(Expression usual) -> usual instanceof Expression.Number;
            case SlotTable.Fallback.Required() -> false;
        };
    }

    private boolean isOfLoss(String name) {
        return loss.signature().isVariable(name);
    }

    /** Returns the variable for a condition without a name. */
    private String free() {
        List<SlotTable.Slot> open = further.stream()
                .filter(slot -> !columns.containsKey(slot.name()))
                .filter(slot -> further.size() == 1
                        || !Set.of(TrainedConditions.LABEL, TrainedConditions.TOLD)
                                .contains(slot.name()))
                .toList();
        List<SlotTable.Slot> required =
                open.stream().filter(SlotTable.Slot::isRequired).toList();
        if (open.size() == 1 || required.size() == 1) {
            return (open.size() == 1 ? open : required).getFirst().name();
        }
        if (!open.isEmpty()) {
            throw ambiguous(open.stream().map(SlotTable.Slot::name).toList());
        }
        List<String> ofLoss = loss.signature().variables().stream()
                .skip(LOSS_VARIABLES)
                .map(SlotTable.Slot::name)
                .filter(name -> !columns.containsKey(name))
                .toList();
        if (ofLoss.size() == 1) {
            return ofLoss.getFirst();
        }
        throw untaken("a condition", "c");
    }

    private SdeError ambiguous(List<String> open) {
        return Diagnostic.error(
                        "E0568",
                        span,
                        "the network " + network.signature().name() + " takes " + String.join(" and ", open)
                                + ", and the condition of the data has no name")
                .help("name it: `given(x, {" + open.getFirst() + ": c})`")
                .raise();
    }

    private SdeError untaken(String what, String name) {
        String own = network.signature().name();
        return Diagnostic.error("E0568", span, "the data has " + what + ", which the network " + own + " does not take")
                .help(
                        "a condition is a further variable: `network " + own + "(x, t, " + name
                                + ")`, and `mlp` and `unet` take one as `c`; a named condition may be a parameter of the process")
                .raise();
    }

    /** Throws if the network or the loss needs a value that the data does not have. */
    private void requireAll(boolean hasAny) {
        further.stream()
                .filter(slot -> slot.isRequired() && !columns.containsKey(slot.name()))
                .filter(slot -> columns.isEmpty() || !slot.name().equals(TrainedConditions.TOLD))
                .findFirst()
                .ifPresent(slot -> {
                    throw lacking(slot.name(), hasAny);
                });
        Set<String> known = new LinkedHashSet<>(columns.keySet());
        known.addAll(ends);
        loss.signature().variables().stream()
                .skip(LOSS_VARIABLES)
                .filter(slot -> slot.isRequired() && !known.contains(slot.name()))
                .findFirst()
                .ifPresent(slot -> {
                    throw slot.name().equals(TrainedConditions.LABEL) ? withoutLabels() : unknownVariable(slot.name());
                });
    }

    private SdeError unknownVariable(String name) {
        return Diagnostic.error(
                        "E0565",
                        span,
                        "the loss " + loss.show() + " takes `" + name
                                + "` after (score, process, x0), which training does not know")
                .help("labels are known by the name `label`, conditions by the names of the network's variables")
                .raise();
    }

    private SdeError withoutLabels() {
        return Diagnostic.error("E0565", span, "the loss " + loss.show() + " needs labels, and the data has none")
                .help("`labelled(x, y)` is data with labels")
                .raise();
    }

    private SdeError lacking(String name, boolean hasAny) {
        String own = network.signature().name();
        if (!hasAny) {
            return Diagnostic.error(
                            "E0565",
                            span,
                            name.equals(TrainedConditions.LABEL)
                                    ? "the network " + own + " takes `label`, and the data has no labels"
                                    : "the network " + own + " takes `" + name + "`, and the data has no labels and no"
                                            + " conditions")
                    .help(
                            name.equals(TrainedConditions.LABEL)
                                    ? "`labelled(x, y)` is data with labels; a value that is the same for all"
                                            + " samples is a parameter, declared after a semicolon"
                                    : "`given(x, c)` is data with a condition for each sample, `labelled(x, y)` with"
                                            + " labels; a value that is the same for all samples is a parameter, declared"
                                            + " after a semicolon")
                    .raise();
        }
        String record = Stream.concat(
                        columns.values().stream()
                                .filter(each -> !each.isLabel())
                                .map(TrainingColumn::name),
                        Stream.of(name))
                .map(each -> each + ": …")
                .collect(Collectors.joining(", ", "{", "}"));
        return Diagnostic.error(
                        "E0565",
                        span,
                        "the network " + own + " takes `" + name + "` too, and the data has "
                                + (columns.isEmpty()
                                        ? "nothing for it"
                                        : "only " + String.join(" and ", columns.keySet())))
                .help("give the data a condition of this name: `given(x, " + record
                        + ")`; or give the variable a default, or declare it as a parameter, after a semicolon")
                .raise();
    }
}
