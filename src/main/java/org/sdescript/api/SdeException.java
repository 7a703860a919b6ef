package org.sdescript.api;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.source.Span;

/**
 * The one exception for mistakes: of a script, of a call into a script, and of a value that has another type than the
 * program asks for. The methods of {@link Sde}, {@link SdeRun}, {@link SdeFunction} and {@link Sampler} throw it at the
 * call that is wrong. Unchecked, so that calls fit into lambdas; a program that runs scripts of others catches it.
 *
 * <pre>{@code
 * try {
 *     Sde.of("steps = 10\nprint(step)").run();
 * } catch (SdeException wrong) {
 *     String place = wrong.file() + ":" + wrong.line() + ":" + wrong.column(); // script.sde:2:7
 *     String said = wrong.code() + " " + wrong.what();                         // E0301 unknown name `step`
 *     String help = wrong.help();                                              // did you mean `steps`?
 * }
 * }</pre>
 *
 * <p>A stopped call throws {@link java.util.concurrent.CancellationException} instead, a call of a closed run
 * {@link IllegalStateException}. Any other exception is a fault of sde, or comes from the program's own listener.
 */
public final class SdeException extends SdeError {
    private static final long serialVersionUID = 1;

    SdeException(SdeError error) {
        super(error.diagnostics().stream().map(ApiWords::of).toList());
        initCause(error);
    }

    private SdeException(Diagnostic mistake) {
        super(mistake);
    }

    /** The mistake of a call from Java, without a place in a script. */
    static SdeException of(String code, String what, String help) {
        Diagnostic mistake = Diagnostic.error(code, null, what);
        return new SdeException(help.isEmpty() ? mistake : mistake.help(help));
    }

    /** Returns the same error for the caller of the API; an error that is one already is returned unchanged. */
    static SdeException of(SdeError error) {
        return error instanceof SdeException told ? told : new SdeException(error);
    }

    /** Does work whose errors the caller of the API gets. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (SdeError mistake) {
            throw of(mistake);
        }
    }

    /**
     * One mistake.
     *
     * <pre>{@code
     * List<String> lines = new ArrayList<>();
     * try {
     *     Sde.of("a = b\nc = d").run();
     * } catch (SdeException wrong) {
     *     wrong.problems().forEach(problem -> lines.add(problem.line() + ": " + problem.what()));
     * }
     * }</pre>
     *
     * @param what the mistake, one sentence without a full stop
     * @param file the script's name; empty if the mistake has no place in a script
     * @param line the line, counted from 1; 0 if the mistake has no place in a script
     * @param column the column, counted in characters from 1; 0 if the mistake has no place in a script
     * @param help what to write instead; may be empty
     * @param code a code such as {@code E0301}, which keeps its meaning in every version
     */
    public record Problem(String what, String file, int line, int column, String help, String code) {
        static Problem of(Diagnostic diagnostic) {
            Span place = diagnostic.span().orElse(null);
            return new Problem(
                    diagnostic.message(),
                    place == null ? "" : place.source().name(),
                    place == null ? 0 : place.line(),
                    place == null ? 0 : place.column(),
                    diagnostic.help().orElse(""),
                    diagnostic.code());
        }

        /** Returns place, mistake, code and help in one line. */
        @Override
        public String toString() {
            return (file.isEmpty() ? "" : file + ":" + line + ":" + column + ": ") + what + " [" + code + "]"
                    + (help.isEmpty() ? "" : "; help: " + help);
        }
    }

    /** Returns all mistakes, since the check of a script reports more than one. */
    public List<Problem> problems() {
        return diagnostics().stream().map(Problem::of).toList();
    }

    private Problem first() {
        return Problem.of(diagnostics().getFirst());
    }

    /** Returns the first mistake, one sentence without a full stop. */
    public String what() {
        return first().what();
    }

    /** Returns the name of the script with the first mistake; empty if the mistake has no place in a script. */
    public String file() {
        return first().file();
    }

    /** Returns the line of the first mistake, counted from 1; 0 if the mistake has no place in a script. */
    public int line() {
        return first().line();
    }

    /** Returns the column of the first mistake, counted from 1; 0 if the mistake has no place in a script. */
    public int column() {
        return first().column();
    }

    /** Returns what to write instead of the first mistake; may be empty. */
    public String help() {
        return first().help();
    }

    /** Returns the code of the first mistake, such as {@code E0301}. */
    public String code() {
        return first().code();
    }

    /** Returns all mistakes as the command line shows them, each with its line of the script. */
    public String text() {
        Renderer renderer = new Renderer(false);
        return diagnostics().stream().map(renderer::render).collect(Collectors.joining("\n"));
    }

    /** Returns place, mistake, code and help of all mistakes, one line each. */
    @Override
    public String getMessage() {
        return problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
