package org.sdescript.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.syntax.Parser;

/**
 * The values of a script's {@code param}s: texts from the command line or values from Java, and the values in this run.
 *
 * @param given by name, what makes the value from the parameter's default
 * @param used every parameter's value in this run, filled as the script declares them
 */
public record ScriptParameters(Map<String, Function<Value, Value>> given, Map<String, Value> used) {
    /** Parameters from the texts of the command line. */
    public static ScriptParameters of(Map<String, String> texts) {
        Map<String, Function<Value, Value>> given = new LinkedHashMap<>();
        texts.forEach((name, text) -> given.put(name, fallback -> read(name, text, fallback)));
        return converted(given);
    }

    /** Parameters that are not texts; each function takes the parameter's default and returns its value. */
    public static ScriptParameters converted(Map<String, Function<Value, Value>> given) {
        return new ScriptParameters(Map.copyOf(given), new LinkedHashMap<>());
    }

    /** @param values values from a file, which texts of the same name replace */
    public static ScriptParameters of(Map<String, String> texts, Map<String, Value> values) {
        Map<String, Function<Value, Value>> given = new LinkedHashMap<>();
        values.forEach((name, value) -> given.put(name, fallback -> fitting(name, value, fallback)));
        given.putAll(of(texts).given());
        return converted(given);
    }

    /** The parameters of a run that needs no values, for its record. */
    static ScriptParameters used(Map<String, Value> values) {
        return new ScriptParameters(Map.of(), values);
    }

    /**
     * The options of a script: its own parameters, then those of files imported without an alias. Parameters of a file
     * imported under an alias always have their defaults.
     */
    public static List<Statement.Param> declared(Program program, Path file) {
        Map<String, Statement.Param> found = new LinkedHashMap<>();
        collect(program, file, found, new HashSet<>());
        return List.copyOf(found.values());
    }

    private static void collect(Program program, Path file, Map<String, Statement.Param> found, Set<Path> seen) {
        if (!seen.add(file.toAbsolutePath().normalize())) {
            return;
        }
        for (Statement statement : program.statements()) {
            if (statement instanceof Statement.Param param) {
                found.putIfAbsent(param.name(), param);
            }
        }
        for (Statement statement : program.statements()) {
            if (statement instanceof Statement.Import module && module.alias().isEmpty()) {
                Path imported = file.resolveSibling(module.path());
                if (Files.isReadable(imported) && !Files.isDirectory(imported)) {
                    collect(Parser.parse(ScriptFile.read(imported)).program(), imported, found, seen);
                }
            }
        }
    }

    /** Throws if a text is given for a parameter that the script does not declare. */
    public void refuseUnknown(Program program, Path file) {
        if (given.isEmpty()) {
            return;
        }
        List<String> known =
                declared(program, file).stream().map(Statement.Param::name).toList();
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
        }
    }

    private static SdeError unknown(String name, List<String> known) {
        Diagnostic error = Diagnostic.error("E0921", null, "the script has no parameter --" + name);
        Optional<String> near = Spelling.nearestOfFew(name, known);
        String options = known.isEmpty()
                ? "it declares no `param` at all"
                : "it has "
                        + String.join(
                                ", ", known.stream().map(each -> "--" + each).toList());
        return new WrongOption(
                near.map(close -> error.help("did you mean --" + close + "?")).orElse(error.help(options)));
    }

    /** Returns the value of a parameter, of the type of its default. */
    Value value(String name, Value fallback) {
        Function<Value, Value> set = given.get(name);
        Value value = set == null ? fallback : set.apply(fallback);
        used.put(name, value);
        return value;
    }

    /** Reads a text as the command line does; empty if the text is not of the kind of the default. */
    public static Optional<Value> read(String text, Value fallback) {
        try {
            return Optional.of(read("", text, fallback));
        } catch (WrongOption mistyped) {
            return Optional.empty();
        }
    }

    /** Returns a value from a file, which must be of the kind of the default. */
    private static Value fitting(String name, Value value, Value fallback) {
        if (fallback != Value.None.NONE && value.kind() != fallback.kind()) {
            throw new WrongOption(Diagnostic.error(
                            "E0922",
                            null,
                            "the param `" + name + "` takes " + fallback.words() + ", and the file gives "
                                    + value.words())
                    .help("its default is " + ValueText.show(fallback)));
        }
        return value;
    }

    private static Value read(String name, String text, Value fallback) {
        return switch (fallback) {
            case Value.Num number -> number(text).orElseThrow(() -> mistyped(name, text, "a number", fallback));
            case Value.Bool bool ->
                switch (text) {
                    case "true", "" -> Value.Bool.TRUE;
                    case "false" -> Value.Bool.FALSE;
                    default -> throw mistyped(name, text, "true or false", fallback);
                };
            case Value.ListValue(List<Value> elements) ->
                Value.list(
                        unbracketed(text).isBlank()
                                ? List.of()
                                : Arrays.stream(unbracketed(text).split(","))
                                        .map(String::strip)
                                        .map(part -> element(name, part, elements))
                                        .toList());
            case Value.None none -> untyped(text);
            default -> Value.text(text);
        };
    }

    /** Removes the brackets of a list written as it is printed: {@code [1, 2]}. */
    private static String unbracketed(String text) {
        String inner = text.strip();
        return inner.startsWith("[") && inner.endsWith("]") ? inner.substring(1, inner.length() - 1) : inner;
    }

    /**
     * Guesses the type of a parameter without a default from its text: a truth value, {@code none}, a number, else a
     * string.
     */
    private static Value untyped(String text) {
        return switch (text) {
            case "true" -> Value.Bool.TRUE;
            case "false" -> Value.Bool.FALSE;
            case "none" -> Value.None.NONE;
            default -> number(text).orElse(Value.text(text));
        };
    }

    private static Value element(String name, String part, List<Value> like) {
        return like.isEmpty() ? number(part).orElse(Value.text(part)) : read(name, part, like.getFirst());
    }

    private static Optional<Value> number(String text) {
        try {
            return Optional.of(Value.number(Double.parseDouble(text.replace("_", ""))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static SdeError mistyped(String name, String text, String wanted, Value fallback) {
        String given = text.isEmpty() ? "nothing" : '"' + text + '"';
        return new WrongOption(
                Diagnostic.error("E0922", null, "--" + name + " takes " + wanted + ", and is given " + given)
                        .help("its default is " + ValueText.show(fallback)));
    }
}
