package org.sdescript.check;

import static org.sdescript.check.Kind.BOOLEAN;
import static org.sdescript.check.Kind.DATA;
import static org.sdescript.check.Kind.DISTRIBUTION;
import static org.sdescript.check.Kind.ERROR;
import static org.sdescript.check.Kind.FIGURE;
import static org.sdescript.check.Kind.FN;
import static org.sdescript.check.Kind.FUNCTION;
import static org.sdescript.check.Kind.KERNEL;
import static org.sdescript.check.Kind.LAYER;
import static org.sdescript.check.Kind.LIST;
import static org.sdescript.check.Kind.LOSS;
import static org.sdescript.check.Kind.METHOD;
import static org.sdescript.check.Kind.MODEL;
import static org.sdescript.check.Kind.MODULE;
import static org.sdescript.check.Kind.NETWORK;
import static org.sdescript.check.Kind.NONE;
import static org.sdescript.check.Kind.NUMBER;
import static org.sdescript.check.Kind.PREDICTOR;
import static org.sdescript.check.Kind.PROCESS;
import static org.sdescript.check.Kind.RECORD;
import static org.sdescript.check.Kind.SCHEDULE;
import static org.sdescript.check.Kind.SDE;
import static org.sdescript.check.Kind.TABLE;
import static org.sdescript.check.Kind.TENSOR;
import static org.sdescript.check.Kind.TEXT;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Span;

/**
 * The values allowed for a variable or parameter. The checker and the call use the same test and the same message.
 *
 * @param words the allowed value, with its article
 * @param accepted the allowed kinds; a value of unknown kind always passes
 * @param range the allowed numbers, if numbers are allowed
 * @param values the only allowed strings, and further allowed numbers; empty if all are allowed
 * @param called the arguments that a callable receives, if fixed; else empty
 * @param help the remedy; may be empty
 */
public record ParameterType(
        String words,
        Set<Kind> accepted,
        Optional<NumberRange> range,
        List<Constant> values,
        List<String> called,
        String help) {
    public static final ParameterType ANY = of("anything", "", EnumSet.allOf(Kind.class));

    /** A variable, given as a bare name that needs no value, as in {@code diff(f, t)}; or a value instead. */
    public static final ParameterType VARIABLE = of("a variable", "", EnumSet.allOf(Kind.class));

    /** A process and nothing else; a declared {@code sde} means its default configuration. */
    public static final ParameterType PROCESS_ITSELF =
            of("a process", "processes are made by calling an `sde`: `VP()`", EnumSet.of(PROCESS, SDE));

    /** The process of a callable; a record may replace it. */
    static final ParameterType PROCESS_LIKE =
            of("a process", PROCESS_ITSELF.help, EnumSet.of(PROCESS, SDE, RECORD, NONE));

    public static final ParameterType SCORE = of(
                    "a score", "a score is a function of (x, t)", EnumSet.of(FUNCTION, FN, MODEL))
            .calledWith("x", "t");

    /** The score of a callable; for a system it may be a record of scores. */
    static final ParameterType SCORE_LIKE = of(
                    "a score", SCORE.help, EnumSet.of(FUNCTION, FN, MODEL, RECORD, LIST, NONE))
            .calledWith("x", "t");

    public static final ParameterType A_NETWORK =
            of("a network", "a network is declared: `network net(x, t) { … }`", EnumSet.of(NETWORK, FUNCTION, FN));

    /** A network, or a model: a network with its parameters. */
    public static final ParameterType NETWORK_OR_MODEL =
            of("a network", A_NETWORK.help, union(A_NETWORK.accepted, EnumSet.of(MODEL)));

    public static final ParameterType SAMPLES = of("a data set or a tensor", "", EnumSet.of(DATA, TENSOR));

    public static final ParameterType LABELS = of("a tensor or a list", "", EnumSet.of(TENSOR, LIST));

    public static final ParameterType A_LOSS = callable(LOSS).calledWith("score", "process", "x0");

    private static final ParameterType A_PREDICTOR = callable(PREDICTOR).calledWith("process", "score", "x", "t", "dt");

    private static final ParameterType A_CORRECTOR = callable(Kind.CORRECTOR).calledWith("process", "score", "x", "t");

    public static final ParameterType A_SAMPLER = callable(Kind.SAMPLER).calledWith("process", "score", "x");

    private static final ParameterType A_METHOD = callable(METHOD).calledWith("process", "x", "t", "dt");

    public static final ParameterType A_FUNCTION =
            of("a function", "give a function by its name, or a lambda such as `x -> x^2`", functions());

    public static final ParameterType A_STRING =
            of("a string", "strings stand in quotation marks: \"…\"", EnumSet.of(TEXT));

    public static final ParameterType A_LIST = of("a list", "lists stand in brackets: `[1, 2]`", EnumSet.of(LIST));

    public static final ParameterType A_TENSOR =
            of("a tensor", "`tensor([…])` makes a tensor of lists of numbers", EnumSet.of(TENSOR));

    public static final ParameterType A_RECORD =
            of("a record", "records stand in braces: `{name: value}`", EnumSet.of(RECORD));

    public static final ParameterType A_BOOLEAN = of("true or false", "", EnumSet.of(BOOLEAN, TENSOR));

    /** One number without known bounds. */
    public static final ParameterType A_NUMBER = of("a number", "", EnumSet.of(NUMBER, TENSOR));

    public static final ParameterType AN_AXIS = number(NumberRange.AXIS);

    /** A number, or a function or schedule of numbers. */
    public static ParameterType numberOrFunction(NumberRange range) {
        return of("a number or a function", "", union(A_NUMBER.accepted, functions()))
                .within(range);
    }

    /** A parameter with a number as default: it allows other arithmetic values, but no process or string. */
    private static final ParameterType ARITHMETIC = of(
                    "a number",
                    "",
                    EnumSet.complementOf(EnumSet.of(
                            TEXT,
                            BOOLEAN,
                            PROCESS,
                            SDE,
                            DATA,
                            TABLE,
                            ERROR,
                            DISTRIBUTION,
                            LAYER,
                            FIGURE,
                            MODULE,
                            NETWORK,
                            LOSS,
                            PREDICTOR,
                            Kind.CORRECTOR,
                            Kind.SAMPLER,
                            METHOD)))
            .within(NumberRange.ORDERED);

    /** The types by the names of their kinds. */
    private static final Map<String, ParameterType> NAMED = named();

    static final List<String> KINDS = List.copyOf(NAMED.keySet());

    private ParameterType within(NumberRange numbers) {
        return new ParameterType(words, accepted, Optional.of(numbers), values, called, help);
    }

    private static ParameterType of(String words, String help, Set<Kind> accepted) {
        return new ParameterType(words, accepted, Optional.empty(), List.of(), List.of(), help);
    }

    public static ParameterType number(NumberRange range) {
        return A_NUMBER.within(range);
    }

    /** A callable of a declared kind; a function may always replace it. */
    private static ParameterType callable(Kind kind) {
        return of(kind.words(), "", EnumSet.of(kind, FN, FUNCTION, KERNEL));
    }

    private static Set<Kind> functions() {
        return EnumSet.of(FUNCTION, FN, KERNEL, METHOD, SCHEDULE, MODEL);
    }

    /** The type of a kind that a declaration names, as in {@code in network}; empty if there is no such kind. */
    static Optional<ParameterType> named(String kind) {
        return Optional.ofNullable(NAMED.get(kind));
    }

    private static Map<String, ParameterType> named() {
        Map<String, ParameterType> named = new LinkedHashMap<>();
        named.put("number", A_NUMBER);
        named.put("variable", VARIABLE);
        named.put("string", A_STRING);
        named.put("list", A_LIST);
        named.put("record", A_RECORD);
        named.put("tensor", A_TENSOR);
        named.put("data", of("a data set", "", EnumSet.of(DATA)));
        named.put("table", of("a table", "`table(rows)` makes a table of a list of records", EnumSet.of(TABLE)));
        named.put("error", of("an error", "`try { … } catch e { … }` catches an error", EnumSet.of(ERROR)));
        named.put("distribution", of("a distribution", "", EnumSet.of(DISTRIBUTION)));
        named.put("process", PROCESS_ITSELF);
        named.put("score", SCORE);
        named.put("model", of("a model", "`train(…)` makes a model", EnumSet.of(MODEL)));
        named.put("network", A_NETWORK);
        named.put("function", A_FUNCTION);
        named.put("kernel", callable(KERNEL));
        named.put("schedule", callable(SCHEDULE));
        named.put("loss", A_LOSS);
        named.put("predictor", A_PREDICTOR);
        named.put("corrector", A_CORRECTOR);
        named.put("sampler", A_SAMPLER);
        named.put("method", A_METHOD);
        return named;
    }

    /** Numbers of a range, these values, and the values of these kinds. */
    static ParameterType declared(
            String words,
            Set<Kind> kinds,
            Optional<NumberRange> range,
            List<Constant> values,
            List<ParameterType> named) {
        EnumSet<Kind> all = EnumSet.copyOf(kinds);
        named.forEach(type -> all.addAll(type.accepted));
        List<String> called = named.stream()
                .map(ParameterType::called)
                .min(Comparator.comparing(List::size))
                .orElse(List.of());
        String help = named.stream()
                .map(ParameterType::help)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
        return new ParameterType(words, all, range, values, called, help);
    }

    /** The values allowed for a parameter, from the kind of its default. */
    static ParameterType like(Kind fallback) {
        return switch (fallback) {
            case NUMBER -> ARITHMETIC.orNone();
            case BOOLEAN -> A_BOOLEAN.orNone();
            case TEXT ->
                of("a string", A_STRING.help, union(A_STRING.accepted, functions()))
                        .orNone();
            case SCHEDULE ->
                of("a schedule", "a schedule of one value is `constant(value = …)`", EnumSet.of(SCHEDULE, FN, FUNCTION))
                        .orNone();
            case NETWORK -> A_NETWORK.orNone();
            case LOSS -> A_LOSS.orNone();
            case PREDICTOR -> A_PREDICTOR.orNone();
            case CORRECTOR -> A_CORRECTOR.orNone();
            case SAMPLER -> A_SAMPLER.orNone();
            case METHOD -> A_METHOD.orNone();
            case FN, FUNCTION, KERNEL -> A_FUNCTION.orNone();
            case NONE,
                    LIST,
                    RECORD,
                    TENSOR,
                    DATA,
                    TABLE,
                    ERROR,
                    DISTRIBUTION,
                    PROCESS,
                    TRANSITION,
                    LAYER,
                    FIGURE,
                    MODULE,
                    MODEL,
                    SDE -> ANY;
            case FORMULA, CONDITION, TRACED_NUMBER, WATCHED_SEQUENCE, EXPLANATION -> ANY;
            case CONDITIONAL_LAW, POSTERIOR, MARGINALS, PATH, CHAIN, CHAIN_STATE -> ANY;
        };
    }

    private ParameterType calledWith(String... variables) {
        return new ParameterType(words, accepted, range, values, List.of(variables), help);
    }

    private static Set<Kind> union(Set<Kind> left, Set<Kind> right) {
        EnumSet<Kind> all = EnumSet.copyOf(left);
        all.addAll(right);
        return all;
    }

    private ParameterType allowing(String other, Kind... more) {
        return new ParameterType(other, union(accepted, Set.of(more)), range, values, called, help);
    }

    /** Allows {@code none} as well. */
    public ParameterType orNone() {
        return allowing(words, NONE);
    }

    /** Allows a list as well, of values or of sizes. */
    public ParameterType orList() {
        return allowing(words, LIST);
    }

    /** Allows a tensor or a data set as well. */
    public ParameterType orTensor() {
        return allowing(words + " or a tensor", TENSOR, DATA);
    }

    /** Allows a data set as well. */
    public ParameterType orData() {
        return allowing(words, DATA);
    }

    /** Allows a record as well, with one value for each state of a system. */
    public ParameterType orRecord() {
        return allowing(words, RECORD);
    }

    /** True if every value is allowed. */
    public boolean isAnything() {
        return this == ANY;
    }

    public boolean takes(ArgumentFacts offer) {
        return accepted.contains(offer.kind())
                && !isTooNarrow(offer)
                && offer.constant().map(this::takes).orElse(true);
    }

    private boolean takes(Constant value) {
        return switch (value) {
            case Constant.Number(double number) ->
                range.map(its -> its.takes(number)).orElse(!limits(value)) || values.contains(value);
            case Constant.Text text -> !limits(text) || values.contains(text);
            case Constant.Bool bool -> !limits(bool) || values.contains(bool);
            case Constant.None none -> true;
        };
    }

    /** True if only some values of this kind are allowed. */
    private boolean limits(Constant value) {
        return values.stream().anyMatch(each -> each.kind() == value.kind());
    }

    private boolean isTooNarrow(ArgumentFacts offer) {
        return offer.room().isPresent() && offer.room().getAsInt() < called.size();
    }

    /** The error for an argument that is not allowed. */
    public Optional<Diagnostic> refusal(String what, ArgumentFacts offer, Span span) {
        if (takes(offer)) {
            return Optional.empty();
        }
        if (!accepted.contains(offer.kind())) {
            Diagnostic error = Diagnostic.error(
                    "E0401",
                    span,
                    what + " must be " + words + ", but is " + offer.kind().words());
            return Optional.of(remedy(offer.kind()).map(error::help).orElse(error));
        }
        if (isTooNarrow(offer)) {
            return Optional.of(tooNarrow(what, offer, span));
        }
        Constant value = offer.constant().orElseThrow();
        return value instanceof Constant.Number(double number) && range.isPresent() && values.isEmpty()
                ? range.get().refusal(what, number, span)
                : Optional.of(notAmong(what, value, span));
    }

    private Diagnostic notAmong(String what, Constant value, Span span) {
        String interval = range.map(numbers -> numbers + ", or ").orElse("");
        Diagnostic error = Diagnostic.error(
                "E0426",
                span,
                what + " is " + value.written() + ", but must be " + interval + DeclaredType.choice(values));
        return Spelling.nearestOfFew(
                        value.text(), values.stream().map(Constant::text).toList())
                .map(near -> error.meant(new Constant.Text(near).written()))
                .orElse(error);
    }

    private Diagnostic tooNarrow(String what, ArgumentFacts offer, Span span) {
        String variables = "(" + String.join(", ", called) + ")";
        int room = offer.room().orElseThrow();
        return Diagnostic.error(
                        "E0641",
                        span,
                        what + " is called with " + variables + ", but "
                                + offer.shown().get() + " takes " + (room == 1 ? "1 value" : room + " values"))
                .help("write `" + variables + " -> …`, or declare it with these variables");
    }

    private Optional<String> remedy(Kind kind) {
        if (words.equals(SCORE.words)) {
            return switch (kind) {
                case NETWORK -> Optional.of("`train(network, data, process)` makes a score of a network");
                case DISTRIBUTION -> Optional.of("`d.score(process)` is the score of a distribution's marginals");
                default -> Optional.of(help);
            };
        }
        if (words.equals(A_SAMPLER.words) && (kind == Kind.PREDICTOR || kind == Kind.CORRECTOR)) {
            String role = kind.name().toLowerCase(Locale.ROOT);
            return Optional.of("`pc(" + role + " = …)` makes a sampler of a " + role);
        }
        return Optional.of(help).filter(text -> !text.isEmpty());
    }
}
