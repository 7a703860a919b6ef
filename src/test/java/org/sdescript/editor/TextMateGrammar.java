package org.sdescript.editor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.CallableKind;
import org.sdescript.manual.Manual;
import org.sdescript.runtime.Chapter;
import org.sdescript.syntax.EditorToken;

/** The syntax highlighting of editors, generated from the lexer's words and the manual's names. */
final class TextMateGrammar {
    static final Set<String> CONSTANTS = Set.of("true", "false", "none", "pi", "π", "inf", "nan");
    private static final Set<String> OPERATORS = Set.of("and", "or", "not", "in");
    private static final Set<Chapter> OF_NO_NAMES = Set.of(Chapter.VALUES, Chapter.WORDS, Chapter.SCRIPT);
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_²³¹⁰⁴-⁹₀-₉]*";
    private static final String BEFORE = "(?<![\\p{L}\\p{Nd}_.])";
    private static final String AFTER = "(?![\\p{L}\\p{Nd}_])";

    private final Manual manual;

    TextMateGrammar(Manual manual) {
        this.manual = manual;
    }

    String json() {
        Map<String, Object> grammar = new LinkedHashMap<>();
        grammar.put("name", "sde");
        grammar.put("scopeName", "source.sde");
        grammar.put("fileTypes", List.of("sde"));
        grammar.put("patterns", patterns());
        grammar.put("repository", Map.of("interpolation", interpolation()));
        try {
            return new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(grammar)
                            .replace("\r\n", "\n")
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Map<String, Object>> patterns() {
        return List.of(
                match("comment.block.documentation.sde", "##.*$"),
                match("comment.line.number-sign.sde", "#.*$"),
                text(),
                match(
                        "constant.numeric.sde",
                        BEFORE + "(\\d(_?\\d)*(\\.\\d(_?\\d)*)?|\\.\\d(_?\\d)*)([eE][+-]?\\d(_?\\d)*)?"),
                declaration(),
                match("constant.language.sde", any(CONSTANTS)),
                match("keyword.operator.word.sde", any(OPERATORS)),
                match("keyword.declaration.sde", any(declaring()) + "(?=\\s+[\\p{L}_\"])"),
                match("keyword.control.sde", any(control())),
                match("keyword.other.differential.sde", "(?<=[\\s)\\]])d(t|w[\\p{L}\\p{Nd}_₀-₉]*)" + AFTER),
                match("support.function.sde", any(functions())),
                match("entity.name.function.call.sde", BEFORE + NAME + "(?=\\()"),
                match("keyword.operator.sde", "->|\\.\\.|[+\\-*/]=|==|!=|<=|>=|[-+*/%^@∘<>=]"));
    }

    private static Map<String, Object> match(String scope, String pattern) {
        return ordered("name", scope, "match", pattern);
    }

    private static Map<String, Object> text() {
        return ordered(
                "name",
                "string.quoted.double.sde",
                "begin",
                "\"",
                "end",
                "\"|$",
                "patterns",
                List.of(
                        match("constant.character.escape.sde", "\\\\(u\\{[0-9a-fA-F]*\\}|.)"),
                        Map.of("include", "#interpolation")));
    }

    private static Map<String, Object> interpolation() {
        return ordered(
                "name",
                "meta.embedded.sde",
                "begin",
                "\\{",
                "end",
                "\\}|$",
                "patterns",
                List.of(Map.of("include", "$self")));
    }

    /** {@code predictor calmer}: the keyword and the declared name. */
    private static Map<String, Object> declaration() {
        return ordered(
                "match",
                BEFORE + "(" + alternatives(callables()) + ")\\s+(" + NAME + ")",
                "captures",
                ordered(
                        "1", Map.of("name", "keyword.declaration.sde"),
                        "2", Map.of("name", "entity.name.function.sde")));
    }

    static Set<String> callables() {
        return Stream.concat(Arrays.stream(CallableKind.values()).map(CallableKind::word), Stream.of("sde"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> declaring() {
        Set<String> words = callables();
        words.addAll(List.of("param", "import", "local", "native"));
        return words;
    }

    private static Set<String> control() {
        Set<String> words = new TreeSet<>(EditorToken.keywords());
        words.removeAll(declaring());
        words.removeAll(CONSTANTS);
        words.removeAll(OPERATORS);
        return words;
    }

    /** The callable names of the library. */
    private Set<String> functions() {
        return manual.entries().stream()
                .filter(entry -> !OF_NO_NAMES.contains(entry.theme()))
                .map(entry -> entry.names().getFirst())
                .filter(name -> name.matches(NAME))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String any(Collection<String> words) {
        return BEFORE + "(" + alternatives(words) + ")" + AFTER;
    }

    private static String alternatives(Collection<String> words) {
        return String.join("|", new TreeSet<>(words));
    }

    private static Map<String, Object> ordered(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
