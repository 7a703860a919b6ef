package org.sdescript.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.algebra.MathMl;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;

/** Formats derivations for the terminal, for LaTeX, for browsers and for other programs. */
public final class DerivationText {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
            li { margin: 1rem 0; }
            math[display=block] { margin: 0.75rem 0; padding: 0.25rem 0; overflow: auto hidden; }
            math { font-family: "Cambria Math", "STIX Two Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math; }
            cite { font-size: 0.875em; opacity: 0.7; }
            """;

    private DerivationText() {}

    public static String text(List<Derivation> derivations) {
        return derivations.stream()
                .flatMap(each -> each.parts().stream().map(part -> switch (part) {
                    case Derivation.Part.Done done -> done.explanation().toString();
                    case Derivation.Part.Refused refused ->
                        "The " + refused.what() + " of " + each.process().name() + " is refused\n   "
                                + refused.reason();
                }))
                .collect(Collectors.joining("\n\n"));
    }

    /** A document for pdflatex. */
    public static String latex(List<Derivation> derivations) {
        return "\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[a4paper, margin=25mm]{geometry}\n\\usepackage{amsmath}\n\\begin{document}\n"
                + derivations.stream().map(DerivationText::section).collect(Collectors.joining())
                + "\\end{document}";
    }

    private static String section(Derivation derivation) {
        return "\\section*{" + Explanation.words(derivation.process().name()) + "}\n"
                + derivation.parts().stream()
                        .map(part -> switch (part) {
                            case Derivation.Part.Done done -> done.explanation().latex();
                            case Derivation.Part.Refused refused ->
                                "\\subsection*{The " + refused.what() + " is refused}\n"
                                        + Explanation.words(refused.reason());
                        })
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    /** Returns a page of HTML, which needs nothing besides itself. */
    public static String html(List<Derivation> derivations) {
        String names = derivations.stream()
                .map(each -> MathMl.escaped(each.process().name()))
                .collect(Collectors.joining(", "));
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + names + "</title>\n<style>\n"
                + STYLE + "</style>\n</head>\n<body>\n"
                + mathml(derivations) + "</body>\n</html>";
    }

    /** Returns the derivations as elements of HTML with MathML, one element for each process. */
    public static String mathml(List<Derivation> derivations) {
        return derivations.stream().map(DerivationText::article).collect(Collectors.joining());
    }

    private static String article(Derivation derivation) {
        return "<article>\n<h2>" + MathMl.escaped(derivation.process().name()) + "</h2>\n"
                + derivation.parts().stream()
                        .map(part -> switch (part) {
                            case Derivation.Part.Done done -> done.explanation().html();
                            case Derivation.Part.Refused refused ->
                                "<h3>The " + refused.what() + " is refused</h3>\n<p>" + MathMl.escaped(refused.reason())
                                        + "</p>";
                        })
                        .collect(Collectors.joining("\n"))
                + "\n</article>\n";
    }

    public static String json(List<Derivation> derivations) {
        try {
            return JSON.writeValueAsString(
                    derivations.stream().map(DerivationText::fields).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> fields(Derivation derivation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", derivation.process().name());
        fields.put("text", derivation.process().toString());
        fields.put("latex", derivation.process().latex());
        fields.put("mathml", MathMl.displayed(derivation.process().latex()));
        derivation
                .parts()
                .forEach(part -> fields.put(
                        part.what(),
                        switch (part) {
                            case Derivation.Part.Done done -> fields(done.explanation());
                            case Derivation.Part.Refused refused -> Map.of("refused", refused.reason());
                        }));
        return fields;
    }

    private static Map<String, Object> fields(Explanation explanation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", explanation.title());
        fields.put(
                "steps",
                explanation.steps().stream().map(DerivationText::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Explanation.Step step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", step.sentence());
        fields.put("source", step.source().map(Citation::citation).orElse(null));
        fields.put("formulas", step.formulas().stream().map(Formula::text).toList());
        fields.put("latex", step.formulas().stream().map(Formula::latex).toList());
        fields.put("mathml", step.formulas().stream().map(Formula::mathml).toList());
        return fields;
    }
}
