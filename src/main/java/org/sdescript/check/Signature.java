package org.sdescript.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Body;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;

/**
 * The signature of a callable.
 *
 * @param name the declared name
 * @param kind the kind of callable
 * @param variadic true if any number of positional arguments is allowed
 * @param guards the guards at the head of the body
 * @param gives the kind of a complete call's result, if certain
 * @param checks further checks of what arguments say, by parameter
 */
public record Signature(
        String name,
        Kind kind,
        List<Slot> variables,
        List<Slot> parameters,
        boolean variadic,
        List<Guard> guards,
        Optional<Kind> gives,
        Map<String, ArgumentCheck> checks) {

    /**
     * One variable or parameter.
     *
     * @param written the name with its default, as in {@code lo = 0.1}
     * @param fallback the default, known for declared callables
     */
    public record Slot(
            String name, String written, boolean required, ParameterType wanted, Optional<Expression> fallback) {
        public Slot(String name, boolean required) {
            this(name, name, required, ParameterType.ANY, Optional.empty());
        }

        private static Slot of(Parameter declared) {
            String written = declared.name()
                    + declared.defaultValue()
                            .map(value -> " = " + value.span().text())
                            .orElse("");
            return new Slot(
                    declared.name(),
                    written,
                    declared.defaultValue().isEmpty(),
                    DeclaredType.of(declared),
                    declared.defaultValue());
        }

        Slot wanting(ParameterType other) {
            return new Slot(name, written, required, other, fallback);
        }
    }

    public Signature {
        variables = List.copyOf(variables);
        parameters = List.copyOf(parameters);
        guards = List.copyOf(guards);
        checks = Map.copyOf(checks);
    }

    /** A callable without further checks. */
    public Signature(
            String name,
            Kind kind,
            List<Slot> variables,
            List<Slot> parameters,
            boolean variadic,
            List<Guard> guards,
            Optional<Kind> gives) {
        this(name, kind, variables, parameters, variadic, guards, gives, Map.of());
    }

    /** The signature of a declared callable. Its kind alone decides the positions of process and score. */
    public static Signature of(Statement.Declaration declaration) {
        List<Slot> variables = new ArrayList<>(slots(declaration.variables()));
        List<ParameterType> first = leading(declaration.kind());
        for (int i = 0; i < Math.min(first.size(), variables.size()); i++) {
            Slot slot = variables.get(i);
            variables.set(i, slot.wanted().isAnything() ? slot.wanting(first.get(i)) : slot);
        }
        Optional<Body.Native> builtin =
                declaration.body() instanceof Body.Native its ? Optional.of(its) : Optional.empty();
        return new Signature(
                declaration.name(),
                builtin.isPresent() ? Kind.FUNCTION : Kind.of(declaration.kind()),
                variables,
                slots(declaration.parameters()),
                builtin.filter(Body.Native::rest).isPresent(),
                Guard.of(declaration),
                builtin.flatMap(Body.Native::gives).flatMap(Kind::named));
    }

    public static Signature of(Statement.SdeDeclaration declaration) {
        return new Signature(
                declaration.name(),
                Kind.SDE,
                List.of(),
                slots(declaration.parameters()),
                false,
                List.of(),
                Optional.of(Kind.PROCESS));
    }

    static Signature of(Expression.Lambda lambda) {
        return new Signature(
                "the lambda", Kind.FUNCTION, slots(lambda.variables()), List.of(), false, List.of(), Optional.empty());
    }

    private static List<ParameterType> leading(CallableKind kind) {
        return switch (kind) {
            case PREDICTOR, CORRECTOR, SAMPLER -> List.of(ParameterType.PROCESS_LIKE, ParameterType.SCORE_LIKE);
            case LOSS -> List.of(ParameterType.SCORE_LIKE, ParameterType.PROCESS_LIKE);
            case METHOD -> List.of(ParameterType.PROCESS_LIKE);
            case FN, KERNEL, SCHEDULE, NETWORK -> List.of();
        };
    }

    private static List<Slot> slots(List<Parameter> parameters) {
        return parameters.stream().map(Slot::of).toList();
    }

    /**
     * Adds the conventions of the standard library: a parameter takes the kind of its default, or the kind that its
     * name names, such as {@code process} or {@code corrector}.
     *
     * @param known the kinds of the library's names
     */
    public Signature customary(Map<String, Kind> known) {
        return new Signature(
                name, kind, customary(variables, known), customary(parameters, known), variadic, guards, gives);
    }

    private static List<Slot> customary(List<Slot> slots, Map<String, Kind> known) {
        return slots.stream()
                .map(slot -> slot.wanted() == ParameterType.ANY ? slot.wanting(customary(slot, known)) : slot)
                .toList();
    }

    private static ParameterType customary(Slot slot, Map<String, Kind> known) {
        ParameterType byDefault = slot.fallback()
                .flatMap(value -> kind(value, known))
                .map(ParameterType::like)
                .orElse(ParameterType.ANY);
        return byDefault == ParameterType.ANY ? named(slot.name()) : byDefault;
    }

    private static Optional<Kind> kind(Expression value, Map<String, Kind> known) {
        return switch (value) {
            case Expression.Name name -> Optional.ofNullable(known.get(name.name()));
            case Expression.Lambda lambda -> Optional.of(Kind.FUNCTION);
            case Expression.Call(Expression.Name callee, var arguments, var span) ->
                Optional.ofNullable(known.get(callee.name())).filter(kind -> kind != Kind.FN && kind != Kind.FUNCTION);
            default -> ConstantFolding.literal(value).map(Constant::kind);
        };
    }

    private static ParameterType named(String name) {
        return switch (name) {
            case "process" -> ParameterType.PROCESS_LIKE;
            case "score" -> ParameterType.SCORE_LIKE;
            default ->
                Stream.of(CallableKind.values())
                        .filter(kind -> kind.word().equals(name))
                        .findFirst()
                        .map(kind -> ParameterType.like(Kind.of(kind)))
                        .orElse(ParameterType.ANY);
        };
    }

    /** Adds checks of what arguments say, by parameter. */
    public Signature checking(Map<String, ArgumentCheck> what) {
        return new Signature(name, kind, variables, parameters, variadic, guards, gives, what);
    }

    /** Variables, then parameters: the order of positional arguments. */
    public List<Slot> slots() {
        return Stream.concat(variables.stream(), parameters.stream()).toList();
    }

    Optional<Slot> slot(String name) {
        return slots().stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    /** True if the argument at this position, or with this name, may be a name without a value. */
    boolean takesName(int position, Optional<String> given) {
        Optional<Slot> slot = given.isPresent()
                ? slot(given.get())
                : slots().stream().skip(position).findFirst();
        return slot.filter(its -> its.wanted().equals(ParameterType.VARIABLE)).isPresent();
    }

    boolean isFunction() {
        return kind == Kind.FN || kind == Kind.FUNCTION;
    }

    /**
     * The known values in a call, including defaults.
     *
     * @param given the values of arguments, empty for an unknown value
     */
    public Map<String, Constant> values(Map<String, Optional<Constant>> given) {
        Map<String, Constant> values = new HashMap<>();
        for (Slot slot : slots()) {
            Optional<Constant> value = given.containsKey(slot.name())
                    ? given.get(slot.name())
                    : slot.fallback().flatMap(new ConstantFolding(values)::of);
            value.ifPresent(known -> values.put(slot.name(), known));
        }
        return values;
    }

    /** The signature as a declaration writes it: {@code (t; lo = 0.1, hi = 20)}. */
    public String shown() {
        List<String> first =
                new ArrayList<>(variables.stream().map(Slot::written).toList());
        if (variadic) {
            first.add("…");
        }
        String second = parameters.stream().map(Slot::written).collect(Collectors.joining(", "));
        String between = second.isEmpty() || first.isEmpty() ? "" : "; ";
        return "(" + String.join(", ", first) + between + second + ")";
    }
}
