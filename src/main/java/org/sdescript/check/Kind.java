package org.sdescript.check;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sdescript.ast.CallableKind;

/** The kinds of values that signatures distinguish, named as values are at run time. */
public enum Kind {
    NUMBER("a number"),
    BOOLEAN("a truth value"),
    TEXT("a string"),
    NONE("none"),
    LIST("a list"),
    RECORD("a record"),
    TENSOR("a tensor"),
    DATA("a data set"),
    DISTRIBUTION("a distribution"),
    PROCESS("a process"),
    TRANSITION("a transition"),
    LAYER("a layer of a figure"),
    MODULE("a module"),
    MODEL("a model"),
    SDE("an sde"),
    /** A lambda or a built-in. */
    FUNCTION("a function"),
    FN("a fn"),
    KERNEL("a kernel"),
    SCHEDULE("a schedule"),
    NETWORK("a network"),
    LOSS("a loss"),
    PREDICTOR("a predictor"),
    CORRECTOR("a corrector"),
    SAMPLER("a sampler"),
    METHOD("a method");

    private static final Map<String, Kind> BY_WORDS =
            Arrays.stream(values()).collect(Collectors.toMap(Kind::words, Function.identity()));

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** The words with their article: {@code a number}. */
    public String words() {
        return words;
    }

    /** Finds a kind by its words; empty for kinds that no signature distinguishes, such as formulas. */
    public static Optional<Kind> called(String words) {
        return Optional.ofNullable(BY_WORDS.get(words));
    }

    static Kind of(CallableKind declared) {
        return switch (declared) {
            case FN -> FN;
            case KERNEL -> KERNEL;
            case SCHEDULE -> SCHEDULE;
            case NETWORK -> NETWORK;
            case LOSS -> LOSS;
            case PREDICTOR -> PREDICTOR;
            case CORRECTOR -> CORRECTOR;
            case SAMPLER -> SAMPLER;
            case METHOD -> METHOD;
        };
    }

    boolean isCallable() {
        return switch (this) {
            case MODEL, SDE, FUNCTION, FN, KERNEL, SCHEDULE, NETWORK, LOSS, PREDICTOR, CORRECTOR, SAMPLER, METHOD ->
                true;
            case NUMBER,
                    BOOLEAN,
                    TEXT,
                    NONE,
                    LIST,
                    RECORD,
                    TENSOR,
                    DATA,
                    DISTRIBUTION,
                    PROCESS,
                    TRANSITION,
                    LAYER,
                    MODULE -> false;
        };
    }
}
