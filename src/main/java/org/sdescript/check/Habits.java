package org.sdescript.check;

import java.util.Map;
import java.util.Optional;

/** What users of other languages expect by name, and what it is here. */
final class Habits {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("True", "true"),
            Map.entry("False", "false"),
            Map.entry("None", "none"),
            Map.entry("null", "none"),
            Map.entry("nil", "none"),
            Map.entry("str", "string"),
            Map.entry("int", "floor"),
            Map.entry("float", "number"),
            Map.entry("length", "len"),
            Map.entry("ln", "log"),
            Map.entry("array", "tensor"),
            Map.entry("concatenate", "concat"),
            Map.entry("println", "print"));

    private static final String APPENDED = "lists are not changed in place: `xs = append(xs, value)`";
    private static final String LENGTH = "write `len(x)`";
    private static final Map<String, String> OF_STRINGS = Map.of("length", LENGTH, "size", LENGTH);
    private static final Map<String, String> OF_LISTS = Map.of(
            "append", APPENDED,
            "push", APPENDED,
            "add", APPENDED,
            "length", LENGTH,
            "size", LENGTH,
            "shape", "write `len(x)`; `tensor(list)` has a shape");

    private static final Map<String, String> OF_PRINT = Map.of(
            "sep", "`print(join([a, b], \", \"))` puts another text between values",
            "end", "each print ends its line; a string takes several values: \"{a} {b}\"",
            "file", "`save(v, \"f.json\")` writes a value to a file");

    private Habits() {}

    /** The name it has here. */
    static Optional<String> name(String elsewhere) {
        return Optional.ofNullable(NAMES.get(elsewhere));
    }

    /** What to write instead of a field that lists or strings lack. */
    static Optional<String> field(Kind kind, String elsewhere) {
        return kind == Kind.LIST
                ? Optional.ofNullable(OF_LISTS.get(elsewhere))
                : Optional.of(OF_STRINGS).filter(its -> kind == Kind.TEXT).map(its -> its.get(elsewhere));
    }

    /** What to write instead of a parameter. */
    static Optional<String> parameter(String callee, String elsewhere) {
        return callee.equals("print") ? Optional.ofNullable(OF_PRINT.get(elsewhere)) : Optional.empty();
    }
}
