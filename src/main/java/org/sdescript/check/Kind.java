package org.sdescript.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sdescript.ast.CallableKind;

/** The kinds of values, with the words of error messages. */
public enum Kind {
    NUMBER("a number", Group.PLAIN),
    BOOLEAN("a truth value", Group.PLAIN),
    TEXT("a string", Group.PLAIN),
    NONE("none", Group.PLAIN),
    LIST("a list", Group.PLAIN),
    RECORD("a record", Group.PLAIN),
    TENSOR("a tensor", Group.PLAIN),
    DATA("a data set", Group.PLAIN),
    TABLE("a table", Group.PLAIN),
    ERROR("an error", Group.PLAIN),
    DISTRIBUTION("a distribution", Group.PLAIN),
    PROCESS("a process", Group.PLAIN),
    TRANSITION("a transition", Group.PLAIN),
    LAYER("a layer of a figure", Group.PLAIN),
    FIGURE("a figure", Group.PLAIN),
    MODULE("a module", Group.PLAIN),
    MODEL("a model", Group.CALLABLE),
    SDE("an sde", Group.CALLABLE),
    /** A lambda or a built-in. */
    FUNCTION("a function", Group.CALLABLE),
    FN("a fn", Group.CALLABLE),
    KERNEL("a kernel", Group.CALLABLE),
    SCHEDULE("a schedule", Group.CALLABLE),
    NETWORK("a network", Group.CALLABLE),
    LOSS("a loss", Group.CALLABLE),
    PREDICTOR("a predictor", Group.CALLABLE),
    CORRECTOR("a corrector", Group.CALLABLE),
    SAMPLER("a sampler", Group.CALLABLE),
    METHOD("a method", Group.CALLABLE),
    FORMULA("a formula", Group.OF_RUNS),
    CONDITION("a condition on symbols", Group.OF_RUNS),
    TRACED_NUMBER("a number known only when the kernel runs", Group.OF_RUNS),
    WATCHED_SEQUENCE("a watched sequence", Group.OF_RUNS),
    EXPLANATION("an explanation", Group.OF_RUNS),
    CONDITIONAL_LAW("a step of a transition", Group.OF_RUNS),
    POSTERIOR("a posterior of a transition", Group.OF_RUNS),
    MARGINALS("a family of marginals", Group.OF_RUNS),
    PATH("the coefficients of a path", Group.OF_RUNS),
    CHAIN("a chain", Group.OF_RUNS),
    CHAIN_STATE("a chain's state", Group.OF_RUNS);

    private enum Group {
        PLAIN,
        CALLABLE,
        /** Kinds that signatures do not distinguish: values of these kinds are accepted by every parameter type. */
        OF_RUNS
    }

    private final String words;
    private final Group group;

    Kind(String words, Group group) {
        this.words = words;
        this.group = group;
    }

    /** Returns the kind with its article: {@code a number}. */
    public String words() {
        return words;
    }

    /** Returns the kind without its article: {@code number}. */
    public String word() {
        return words.replaceFirst("^an? ", "");
    }

    /** True if parameter types distinguish this kind; values of all other kinds are bound unchecked. */
    public boolean isOfSignatures() {
        return group != Group.OF_RUNS;
    }

    /** True for the kinds that a call may begin with. */
    public boolean isCallable() {
        return group == Group.CALLABLE;
    }

    /** Finds a kind by the name that declarations use, {@code model}. */
    static Optional<Kind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** Returns the kind of a callable declared with a keyword. */
    public static Kind of(CallableKind declared) {
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
}
