package org.sdescript.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** The errors found in one program. */
final class Findings {
    private final List<Diagnostic> found = new ArrayList<>();

    void add(Diagnostic finding) {
        found.add(finding);
    }

    /** Reports a declared name that was declared before. */
    void once(String name, Span span, Set<String> names) {
        if (!names.add(name)) {
            add(Diagnostic.error("E0309", span, "`" + name + "` is declared twice")
                    .help("give one of the two another name"));
        }
    }

    List<Diagnostic> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(
                        finding -> finding.span().map(Span::start).orElse(0)))
                .toList();
    }
}
