package org.sdescript.runtime.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.algebra.Expr;
import org.sdescript.graph.Shape;
import org.sdescript.process.InitialLaw;
import org.sdescript.process.Process;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;

/** The initial laws of a process's states: the law of the data, and the stated laws of the other states. */
public final class InitialLaws {
    private InitialLaws() {}

    /** Returns a normal law for each state. */
    static List<NormalValue> of(Process process, Distribution data, Call call) {
        return switch (data) {
            case NormalValue law when process.states().size() == 1 -> List.of(law);
            case NormalValue law -> {
                Expr.Symbol own = dataState(process, call);
                yield process.states().stream()
                        .map(state ->
                                state.equals(own) ? law : stated(process, state).orElseThrow())
                        .toList();
            }
            case IndependentStates laws -> {
                refuseUnknown(process, laws.laws().keySet(), call);
                yield process.states().stream()
                        .map(state -> Optional.ofNullable(laws.laws().get(state.name()))
                                .or(() -> stated(process, state))
                                .orElseThrow(() -> unknown(process, call)))
                        .toList();
            }
            default -> throw Coercion.mismatch(data, "the law of the data", "a normal distribution", call.span());
        };
    }

    /** Returns the states without a stated initial law, which are data. */
    static List<Expr.Symbol> data(Process process) {
        return process.states().stream()
                .filter(state -> stated(process, state).isEmpty())
                .toList();
    }

    /** Returns the only state without a stated initial law; throws if there are several. */
    public static Expr.Symbol dataState(Process process, Call call) {
        List<Expr.Symbol> free = data(process);
        if (free.size() != 1) {
            throw unknown(process, call);
        }
        return free.getFirst();
    }

    /** Returns the only state without an initial law; empty if no state has one or several states have none. */
    static Optional<Expr.Symbol> onlyData(List<Expr.Symbol> states, Map<Expr.Symbol, InitialLaw> starts) {
        List<Expr.Symbol> free =
                states.stream().filter(state -> !starts.containsKey(state)).toList();
        return starts.isEmpty() || free.size() != 1 ? Optional.empty() : Optional.of(free.getFirst());
    }

    /** Returns the states at the start: data states unchanged, the others drawn from their laws. */
    static Value drawn(Process process, Value data, Call call) {
        Map<Expr.Symbol, InitialLaw> starts = process.stated().starts();
        StateValues space = new StateValues(process.states());
        if (space.size() == 1) {
            return call.tensors().require(data, "the data", call.span());
        }
        Map<String, Value> given = data instanceof Value.RecordValue(var fields)
                ? fields
                : Map.of(dataState(process, call).name(), call.tensors().require(data, "the data", call.span()));
        refuseUnknown(process, given.keySet(), call);
        Shape shape = call.tensors().shape(given.values().iterator().next());
        return space.whole(i -> {
            Expr.Symbol state = process.states().get(i);
            return given.containsKey(state.name())
                    ? given.get(state.name())
                    : stated(process, state).orElseThrow().sample(shape, call.tensors(), call.span());
        });
    }

    private static Optional<NormalValue> stated(Process process, Expr.Symbol state) {
        return Optional.ofNullable(process.stated().starts().get(state))
                .map(start -> new NormalValue(Value.number(start.mean()), Value.number(start.std())));
    }

    private static RuntimeException unknown(Process process, Call call) {
        List<String> free = process.states().stream()
                .filter(state -> stated(process, state).isEmpty())
                .map(Expr.Symbol::name)
                .toList();
        String last = free.getLast();
        return call.diagnostic("E0653", "not every state of " + process.name() + " has an initial law")
                .note("its body declares no `start` of " + String.join(", ", free)
                        + ", so a law of one state is not enough")
                .help("give a law of all states, with a record as mean or standard deviation: `normal(mean = "
                        + names(process).stream()
                                .map(name -> name + ": 0")
                                .collect(Collectors.joining(", ", "{", "})`"))
                        + "; or declare in the body how the states start that are not data: `start = {" + last
                        + ": normal(std = 1)}`")
                .raise();
    }

    /** Throws if laws or data name unknown states, or if a state has neither. */
    public static void refuseUnknown(Process process, Set<String> given, Call call) {
        if (!names(process).containsAll(given)) {
            throw call.diagnostic(
                            "E0654",
                            "the law has the states " + String.join(", ", given) + ", but " + process.name()
                                    + (names(process).size() == 1 ? " has the state " : " has the states ")
                                    + String.join(", ", names(process)))
                    .help("a law of several states has a mean and a standard deviation for each, under its name:"
                            + " `normal(mean = {"
                            + names(process).stream().map(name -> name + ": 0").collect(Collectors.joining(", "))
                            + "})`")
                    .raise();
        }
        boolean known = process.states().stream()
                .allMatch(state ->
                        given.contains(state.name()) || stated(process, state).isPresent());
        if (!known) {
            throw unknown(process, call);
        }
    }

    private static List<String> names(Process process) {
        return process.states().stream().map(Expr.Symbol::name).toList();
    }
}
