package org.sdescript.diagnostic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.source.Span;

/**
 * File name extensions that choose a format. A name written in a script is checked before the script runs, so that no
 * result is computed that cannot be written.
 *
 * @param refusal the message for another extension, to be followed by the name
 * @param known the extensions with their dots, in lower case; none if the value is not written to files
 * @param otherwise the remedy where no extension is known
 */
public record FileExtensions(String code, String refusal, List<String> known, String otherwise) {
    public FileExtensions {
        known = List.copyOf(known);
    }

    public FileExtensions(String code, String refusal, List<String> known) {
        this(code, refusal, known, "");
    }

    /** The error for a file name with another extension. */
    public Optional<Diagnostic> refused(String file, @Nullable Span span) {
        String name = file.toLowerCase(Locale.ROOT);
        return known.stream().anyMatch(name::endsWith)
                ? Optional.empty()
                : Optional.of(Diagnostic.error(code, span, refusal + file).help(remedy()));
    }

    private String remedy() {
        return known.isEmpty()
                ? otherwise
                : (known.size() == 1 ? "the known ending is " : "known endings are ") + list();
    }

    private String list() {
        if (known.size() == 1) {
            return known.getFirst();
        }
        return String.join(", ", known.subList(0, known.size() - 1)) + " and " + known.getLast();
    }
}
