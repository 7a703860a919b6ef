package org.sdescript.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** The errors found in one program. */
final class Findings {
    private final List<Diagnostic> found = new ArrayList<>();

    void add(Diagnostic finding) {
        found.add(finding);
    }

    List<Diagnostic> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(
                        finding -> finding.span().map(Span::start).orElse(0)))
                .toList();
    }
}
