package org.sdescript.diagnostic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sdescript.source.Span;

/**
 * The endings of file names that tell in which form something is written. A name that stands in a script is looked at
 * before the script runs, so that nothing is computed that cannot be written.
 *
 * @param refusal what is said of another ending, ready to be followed by the name
 * @param known with their dots, in small letters
 */
public record Endings(String code, String refusal, List<String> known) {
    public Endings {
        known = List.copyOf(known);
    }

    /** What is wrong with a name, if anything is. */
    public Optional<Diagnostic> refused(String file, Span span) {
        String name = file.toLowerCase(Locale.ROOT);
        return known.stream().anyMatch(name::endsWith)
                ? Optional.empty()
                : Optional.of(Diagnostic.error(code, span, refusal + file)
                        .help((known.size() == 1 ? "the known ending is " : "known endings are ") + list()));
    }

    private String list() {
        if (known.size() == 1) {
            return known.getFirst();
        }
        return String.join(", ", known.subList(0, known.size() - 1)) + " and " + known.getLast();
    }
}
