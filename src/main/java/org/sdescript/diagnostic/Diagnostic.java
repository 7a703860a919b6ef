package org.sdescript.diagnostic;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.source.Span;

/**
 * One error or warning: the fault, its position, and the remedy.
 *
 * @param code a stable code, such as {@code E0203}
 * @param message one sentence without a full stop, in the terms of the script
 * @param span the position, absent for errors that have none (a missing file named on the command line)
 * @param label the text beside the carets; may be empty
 * @param notes further facts, one line each
 * @param help the remedy, absent if the message contains it
 * @param fix the remedy as a change of the text, absent if it needs a decision
 */
public record Diagnostic(
        Severity severity,
        String code,
        String message,
        Optional<Span> span,
        String label,
        List<String> notes,
        Optional<String> help,
        Optional<Fix> fix) {

    /** A replacement for a part of the text, which an editor can make. */
    public record Fix(Span span, String text) {}

    public enum Severity {
        ERROR,
        WARNING
    }

    public Diagnostic {
        notes = List.copyOf(notes);
    }

    public static Diagnostic error(String code, @Nullable Span span, String message) {
        return new Diagnostic(
                Severity.ERROR,
                code,
                message,
                Optional.ofNullable(span),
                "",
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public static Diagnostic warning(String code, @Nullable Span span, String message) {
        return new Diagnostic(
                Severity.WARNING,
                code,
                message,
                Optional.ofNullable(span),
                "",
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public Diagnostic label(String text) {
        return new Diagnostic(severity, code, message, span, text, notes, help, fix);
    }

    public Diagnostic note(String text) {
        List<String> more = new java.util.ArrayList<>(notes);
        more.add(text);
        return new Diagnostic(severity, code, message, span, label, more, help, fix);
    }

    public Diagnostic help(String text) {
        return new Diagnostic(severity, code, message, span, label, notes, Optional.of(text), fix);
    }

    /** Adds the remedy as a change of the text. */
    public Diagnostic fix(Span place, String text) {
        return new Diagnostic(severity, code, message, span, label, notes, help, Optional.of(new Fix(place, text)));
    }

    /** Suggests another spelling for the text at the diagnostic's position. */
    public Diagnostic meant(String spelling) {
        Diagnostic asked = help("did you mean `" + spelling + "`?");
        return span.map(place -> asked.fix(place, spelling)).orElse(asked);
    }

    /** Adds a position to an error found where no position is known; an existing position is not replaced. */
    public Diagnostic at(Span place) {
        return span.isPresent()
                ? this
                : new Diagnostic(severity, code, message, Optional.ofNullable(place), label, notes, help, fix);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Returns the same finding as a warning, for a place whose errors are caught. */
    public Diagnostic asWarning() {
        return new Diagnostic(Severity.WARNING, code, message, span, label, notes, help, fix);
    }

    public SdeError raise() {
        return new SdeError(this);
    }
}
