package org.sdescript.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The conditions that a model was trained with. Their shapes decide whether a value is one for all samples or one for
 * each.
 *
 * @param all labels, if the network uses them, and conditions, under the names of the network's variables
 * @param ofProcess conditions that are parameters of the process; the network may take them too
 * @param dropped true if the training dropped the conditions of some samples, so that the model can be called without
 */
record TrainedConditions(List<TrainedCondition> all, List<TrainedCondition> ofProcess, boolean dropped) {
    static final TrainedConditions NONE = new TrainedConditions(List.of(), List.of(), false);
    private static final String OF_PROCESS = "process: ";
    static final String LABEL = "label";

    /** The network's variable that is 1 for a sample with conditions, and 0 for one whose conditions are dropped. */
    static final String TOLD = "told";

    TrainedConditions {
        all = List.copyOf(all);
        ofProcess = List.copyOf(ofProcess);
    }

    Optional<TrainedCondition> find(String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Returns the condition of this name, of the network or of the process. */
    Optional<TrainedCondition> named(String name) {
        return Stream.concat(all.stream(), ofProcess.stream())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    boolean isOfProcess(String name) {
        return ofProcess.stream().anyMatch(each -> each.name().equals(name));
    }

    boolean isEmpty() {
        return all.isEmpty() && ofProcess.isEmpty();
    }

    /** Returns the conditions but those of these names. */
    TrainedConditions without(Set<String> names) {
        return new TrainedConditions(
                all.stream().filter(each -> !names.contains(each.name())).toList(), ofProcess, dropped);
    }

    /** Returns the names that are still without a value. */
    List<String> open(Set<String> given) {
        return Stream.concat(all.stream(), ofProcess.stream())
                .map(TrainedCondition::name)
                .distinct()
                .filter(name -> !given.contains(name))
                .toList();
    }

    /**
     * Returns the slots of a model: a network's further variables, and the parameters of the process that are conditions.
     * Variables that a call can leave out have the default none.
     */
    List<SlotTable.Slot> slots(List<SlotTable.Slot> further) {
        Set<String> ofNetwork = further.stream().map(SlotTable.Slot::name).collect(Collectors.toSet());
        return Stream.concat(
                        further.stream()
                                .map(slot -> mayLack(slot.name()) && slot.isRequired()
                                        ? new SlotTable.Slot(
                                                slot.name(), new SlotTable.Fallback.Constant(Value.None.NONE))
                                        : slot),
                        ofProcess.stream()
                                .filter(each -> !ofNetwork.contains(each.name()))
                                .map(each -> new SlotTable.Slot(each.name(), SlotTable.Fallback.REQUIRED)))
                .toList();
    }

    /** True for a variable that the model fills if a call does not. */
    boolean mayLack(String name) {
        return isTold(name) || dropped && !isOfProcess(name) && find(name).isPresent();
    }

    private boolean isTold(String name) {
        return name.equals(TOLD) && !all.isEmpty() && find(TOLD).isEmpty();
    }

    /**
     * Returns the value of each of a network's further variables, with a row for each sample. Dropped conditions are
     * zeros, and −1 for whole numbers.
     *
     * @param given the values of a call, by name
     * @param further the network's variables after x and t
     */
    Map<String, Value> perSample(
            Map<String, Value> given, List<SlotTable.Slot> further, Shape samples, Tensors tensors, Span span) {
        Map<String, Value> complete = new LinkedHashMap<>();
        further.stream().map(SlotTable.Slot::name).filter(given::containsKey).forEach(name -> {
            Value value = Objects.requireNonNull(given.get(name));
            complete.put(
                    name,
                    find(name)
                            .filter(its -> value != Value.None.NONE)
                            .map(its -> its.perSample(value, samples, tensors, span))
                            .orElseGet(() -> ModelInputs.further(name, value, samples, tensors, span)));
        });
        Set<String> present = given.entrySet().stream()
                .filter(entry -> entry.getValue() != Value.None.NONE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        requireAll(present, span);
        boolean isTold = droppable().anyMatch(each -> present.contains(each.name()));
        if (dropped && !isTold) {
            droppable().forEach(each -> complete.put(each.name(), each.dropped(samples, tensors, span)));
        }
        further.stream()
                .filter(slot -> isTold(slot.name()) && !present.contains(TOLD) && (dropped || slot.isRequired()))
                .forEach(slot ->
                        complete.put(TOLD, tensors.fill(Value.number(isTold || !dropped ? 1 : 0), samples, span)));
        return complete;
    }

    /** Returns the conditions of the network that a training can drop: the process is never without its parameters. */
    Stream<TrainedCondition> droppable() {
        return all.stream().filter(each -> !isOfProcess(each.name()));
    }

    /** Throws if a call lacks conditions that the training never left out. Labels have always been optional. */
    private void requireAll(Set<String> present, Span span) {
        boolean isNone = droppable().noneMatch(each -> present.contains(each.name()));
        Stream.concat(ofProcess.stream(), dropped && isNone ? Stream.empty() : all.stream())
                .filter(each -> !present.contains(each.name()) && !each.isLabel())
                .findFirst()
                .ifPresent(each -> {
                    throw missing(each, span);
                });
    }

    /** Returns the error for a call without a condition. */
    SdeError missing(TrainedCondition condition, Span span) {
        return Diagnostic.error(
                        "E0820",
                        span,
                        "the model was trained with the condition " + condition.show() + ", which the call lacks")
                .note(
                        dropped
                                ? "the conditions of a sample are given or left out together"
                                : "a model that was trained with `drop_condition` can be called without its conditions")
                .help("`model(" + condition.name() + " = …)` gives it: " + condition.wanted())
                .raise();
    }

    /** Returns {@code , given c [3] and label}; empty if the model has no conditions. */
    String show() {
        List<String> shown = new ArrayList<>(all.stream()
                .filter(each -> !isOfProcess(each.name()))
                .map(TrainedCondition::show)
                .toList());
        ofProcess.forEach(each -> shown.add(each.show() + " of the process"));
        return shown.isEmpty() ? "" : ", given " + String.join(" and ", shown) + (dropped ? " or nothing" : "");
    }

    /**
     * Returns the conditions as the text of a model's file: one condition a line, those of the process after
     * {@code process:}, and the word dropped.
     */
    String written() {
        return Stream.of(
                        all.stream().map(TrainedCondition::written),
                        ofProcess.stream().map(each -> OF_PROCESS + each.written()),
                        dropped ? Stream.of("dropped") : Stream.<String>empty())
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    /** Reads the text of a model's file; empty if the text is malformed. */
    static Optional<TrainedConditions> read(String written) {
        List<TrainedCondition> all = new ArrayList<>();
        List<TrainedCondition> ofProcess = new ArrayList<>();
        boolean dropped = false;
        for (String line : written.lines().toList()) {
            if (line.equals("dropped")) {
                dropped = true;
                continue;
            }
            boolean isOfProcess = line.startsWith(OF_PROCESS);
            List<TrainedCondition> those = isOfProcess ? ofProcess : all;
            Optional<TrainedCondition> read =
                    TrainedCondition.read(isOfProcess ? line.substring(OF_PROCESS.length()) : line);
            if (read.isEmpty()
                    || those.stream()
                            .anyMatch(known -> known.name().equals(read.get().name()))) {
                return Optional.empty();
            }
            those.add(read.get());
        }
        return Optional.of(new TrainedConditions(all, ofProcess, dropped));
    }
}
