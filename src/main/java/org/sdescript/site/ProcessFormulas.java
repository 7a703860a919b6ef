package org.sdescript.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.algebra.MathMl;
import org.sdescript.manual.Anchors;
import org.sdescript.pipeline.Derivation;
import org.sdescript.process.Process;

/** The formulas of a process on pages: forward, reverse, flow, transition and prior. */
public final class ProcessFormulas {
    private static final String PAGE = "docs/reference/processes.md";

    private ProcessFormulas() {}

    /** Returns HTML by the page, # and the anchor of the process. */
    static Map<String, String> insertions(List<Derivation> derivations) {
        Map<String, String> all = new LinkedHashMap<>();
        derivations.forEach(
                each -> all.put(PAGE + "#" + Anchors.of(each.process().name()), html(each)));
        return all;
    }

    /** Returns the results of a derivation as a list, and the steps in an element that opens. */
    public static String html(Derivation derivation) {
        return "<div class=\"derived\">\n<dl>\n"
                + derivation.parts().stream()
                        .map(part -> result(derivation.process(), part))
                        .collect(Collectors.joining())
                + "</dl>\n<details>\n<summary>The derivation in steps</summary>\n"
                + derivation.parts().stream().map(ProcessFormulas::steps).collect(Collectors.joining())
                + "</details>\n</div>\n";
    }

    private static String result(Process process, Derivation.Part part) {
        String formula =
                switch (part) {
                    case Derivation.Part.Done done ->
                        done.what().equals("process")
                                ? MathMl.displayed(process.latex())
                                : done.explanation().result().mathml();
                    case Derivation.Part.Refused refused -> "<p>" + MathMl.escaped(refused.reason()) + "</p>";
                };
        return "<dt>" + capital(part.what()) + "</dt>\n<dd>" + formula + "</dd>\n";
    }

    private static String steps(Derivation.Part part) {
        return part instanceof Derivation.Part.Done done ? done.explanation().html() + "\n" : "";
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
