package org.sdescript.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;

/** Formats derivations for the terminal, for LaTeX and for other programs. */
public final class DerivationText {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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
        return fields;
    }
}
