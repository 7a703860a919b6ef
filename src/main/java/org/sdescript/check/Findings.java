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

    /** The number of {@code try} blocks around the present statement. */
    private int attempts;

    /** Adds a mistake that the run would raise too; inside {@code try}, which catches it, only a warning. */
    void add(Diagnostic finding) {
        found.add(isAttempt() && finding.isError() ? finding.asWarning() : finding);
    }

    /** Adds a mistake in the form of the text, which no run could raise. */
    void ofForm(Diagnostic finding) {
        found.add(finding);
    }

    /** Runs the check of a block whose errors the run catches. */
    void attempting(Runnable check) {
        attempts++;
        try {
            check.run();
        } finally {
            attempts--;
        }
    }

    boolean isAttempt() {
        return attempts > 0;
    }

    /** Reports a declared name that was declared before. */
    void once(String name, Span span, Set<String> names) {
        if (!names.add(name)) {
            ofForm(Diagnostic.error("E0309", span, "`" + name + "` is declared twice")
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
