package org.sdescript.workspace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Spelling;

/** The commands of the prompt, entered after a colon. Commands act on the session and are not part of the language. */
public enum Command {
    HELP("[NAME]", "explains a name, or lists these commands"),
    LOAD("FILE", "runs a script in this session"),
    SAVE("FILE", "writes the session as a script that runs again"),
    RESET("", "deletes all names and begins a new session"),
    NAMES("", "lists the names of the session"),
    TIME("STATEMENT", "runs a statement and shows its time"),
    TYPE("EXPRESSION", "shows the kind, shape or signature of an expression"),
    DUMP("STAGE STATEMENT", "shows an intermediate form: ast, graph, passes or torchscript"),
    SET("[NAME VALUE]", "sets precision, seed or device of the session; alone, shows them"),
    QUIT("", "leaves, as Ctrl-D does");

    private static final int WIDTH = 24;

    private final String takes;
    private final String summary;

    Command(String takes, String summary) {
        this.takes = takes;
        this.summary = summary;
    }

    /** The command's name, without the colon. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String summary() {
        return summary;
    }

    String takes() {
        return takes;
    }

    /** The command's line in a list. */
    String line() {
        String written = ":" + word() + (takes.isEmpty() ? "" : " " + takes);
        return "  " + written + " ".repeat(Math.max(2, WIDTH - written.length())) + summary;
    }

    /** Finds a command by its name or by an unambiguous prefix. */
    static Optional<Command> of(String word) {
        List<Command> found = Stream.of(values())
                .filter(command -> command.word().startsWith(word))
                .toList();
        Optional<Command> exact =
                found.stream().filter(command -> command.word().equals(word)).findFirst();
        return exact.isPresent() || found.size() != 1 ? exact : Optional.of(found.getFirst());
    }

    /** The error for a name that no command has. */
    static String unknown(String word) {
        List<String> begun = Stream.of(values())
                .map(Command::word)
                .filter(each -> !word.isEmpty() && each.startsWith(word))
                .toList();
        String meant = begun.isEmpty()
                ? Spelling.nearestOfFew(
                                word, Stream.of(values()).map(Command::word).toList())
                        .map(near -> "did you mean `:" + near + "`?")
                        .orElse("`:help` lists the commands")
                : "it may be :" + String.join(" or :", begun);
        return "there is no command `:" + word + "`; " + meant;
    }
}
