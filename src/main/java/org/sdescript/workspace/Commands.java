package org.sdescript.workspace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.display.IndentedTable;
import org.sdescript.display.ValueView;
import org.sdescript.files.AtomicFile;
import org.sdescript.pipeline.Dump;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.pipeline.Stage;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** Runs the commands of the prompt. */
final class Commands {
    private static final List<String> SETTINGS = List.of("precision", "seed", "device");
    private static final String ENDING = ".sde";

    private static final String MORE = """

            A name of the language:  help langevin, help process, help repeat; `help` alone lists all
            A message:               explain E0203
            The editor:              Tab completes, Ctrl-R searches the history, Ctrl-C stops what runs""";

    private final Workspace workspace;
    private final Console console;
    private final EntryOutput output;
    private final ManualCommands pages;
    private final Interpreter.Listener shown;

    /** @param shown shows the values of statements */
    Commands(
            Workspace workspace,
            Console console,
            EntryOutput output,
            ManualCommands pages,
            Interpreter.Listener shown) {
        this.workspace = workspace;
        this.console = console;
        this.output = output;
        this.pages = pages;
        this.shown = shown;
    }

    /** Runs an entry that begins with a colon. Returns false if the session ends. */
    boolean run(Source entry) {
        String[] parts = entry.text().strip().substring(1).strip().split("\\s+", 2);
        String rest = parts.length > 1 ? parts[1].strip() : "";
        Optional<Command> command = Command.of(parts[0]);
        if (command.isEmpty()) {
            output.mistake(Command.unknown(parts[0]));
            return true;
        }
        boolean lacking = rest.isEmpty()
                && !command.get().takes().isEmpty()
                && !command.get().takes().startsWith("[");
        if (lacking) {
            output.mistake("`:" + command.get().word() + "` takes "
                    + command.get().takes() + ": " + command.get().summary());
            return true;
        }
        return run(command.get(), entry, rest);
    }

    private boolean run(Command command, Source entry, String rest) {
        switch (command) {
            case HELP -> help(rest);
            case LOAD -> load(rest);
            case SAVE -> save(rest);
            case RESET -> reset();
            case NAMES -> names();
            case TIME -> time(ending(entry, rest));
            case TYPE -> type(ending(entry, rest));
            case DUMP -> dump(entry, rest);
            case SET -> set(rest);
            case QUIT -> {
                return false;
            }
        }
        return true;
    }

    /** The statement that ends an entry, on the lines where the entry has it. */
    private static Source ending(Source entry, String statement) {
        String text = entry.text();
        int start = text.stripTrailing().length() - statement.length();
        return new Source(entry.name(), "\n".repeat(entry.line(start) - 1) + statement);
    }

    private void help(String name) {
        Optional<Command> command = name.startsWith(":") ? Command.of(name.substring(1)) : Optional.empty();
        if (name.isEmpty()) {
            console.line(
                    Stream.of(Command.values()).map(Command::line).collect(Collectors.joining("\n")) + "\n" + MORE);
        } else if (command.isPresent()) {
            console.line(command.get().line().strip());
        } else {
            pages.help(name);
        }
    }

    /** The file of a command's argument: without quotation marks, {@code ~} expanded, the extension added. */
    private static Path file(String written) {
        String name = written.replace("\"", "");
        String home = name.startsWith("~/") ? System.getProperty("user.home") + name.substring(1) : name;
        return Path.of(home.endsWith(ENDING) ? home : home + ENDING);
    }

    private void load(String written) {
        workspace.run(ScriptFile.read(file(written)), Interpreter.Listener.NONE);
    }

    private void save(String written) {
        if (workspace.journal().isEmpty()) {
            output.mistake("there is nothing to save yet");
            return;
        }
        Path path = file(written);
        if (!Journal.mayReplace(path)) {
            output.mistake(
                    "`" + path + "` is kept, since no `:save` wrote it: choose another name, or delete the file");
            return;
        }
        String script = workspace.journal().script(path.toAbsolutePath().resolveSibling(""));
        AtomicFile.write(path, script);
        console.note("wrote " + path + "; run it: sde run " + path);
        List<Diagnostic> wrong = workspace.pipeline().check(new Source(path.toString(), script)).stream()
                .filter(Diagnostic::isError)
                .toList();
        if (!wrong.isEmpty()) {
            console.note("it does not run as it stands, since the session declared names anew:");
            output.errors(wrong);
        }
    }

    private void reset() {
        workspace.reset();
        console.note("all names are deleted");
    }

    private void names() {
        List<List<String>> rows = new TreeSet<>(workspace.names().ownNames())
                .stream()
                        .map(name ->
                                List.of(name, ValueView.brief(workspace.names().bound(name))))
                        .toList();
        console.line(rows.isEmpty() ? "nothing is bound yet" : new IndentedTable(List.of(), rows).text());
    }

    private void time(Source statement) {
        Duration before = processor();
        long start = System.nanoTime();
        try {
            workspace.run(statement, shown);
        } finally {
            double seconds = (System.nanoTime() - start) / 1e9;
            double busy = processor().minus(before).toMillis() / 1e3;
            console.note(String.format(Locale.ROOT, "%.3f s (%.2f s of processor)", seconds, busy));
        }
    }

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void type(Source expression) {
        try {
            workspace.look(expression, (statement, value) -> console.line(ValueView.type(value)));
        } catch (Workspace.NotAnExpression other) {
            output.mistake("`:type` takes an expression");
        }
    }

    private void dump(Source entry, String written) {
        String[] parts = written.split("\\s+", 2);
        Optional<Stage> stage = Stream.of(Stage.values())
                .filter(each -> each.name().equals(parts[0]))
                .findFirst();
        if (stage.isEmpty() || parts.length < 2) {
            output.mistake("`:dump` takes a stage, which is "
                    + Stream.of(Stage.values()).map(Stage::name).collect(Collectors.joining(", "))
                    + ", and a statement");
            return;
        }
        Source source = ending(entry, parts[1]);
        if (stage.get() == Stage.ast) {
            console.line(Dump.tree(workspace.checked(source)).stripTrailing());
        } else {
            kernels(stage.get(), source);
        }
    }

    private void kernels(Stage stage, Source source) {
        int[] traced = {0};
        workspace.session().onKernel((name, graph, parameters) -> {
            traced[0]++;
            console.line("kernel " + name + "\n" + stage.form(graph, parameters).stripTrailing());
        });
        try {
            workspace.runWithoutKernels(source);
        } finally {
            workspace.session().onKernel((name, graph, parameters) -> {});
        }
        if (traced[0] == 0) {
            console.note("this runs no kernel: kernels are the bodies of networks, losses, predictors and correctors,"
                    + " and of functions that are differentiated");
        }
    }

    private void set(String written) {
        if (written.isEmpty()) {
            Settings settings = workspace.session().settings();
            console.line("precision " + settings.precision() + ", seed " + settings.seed() + ", device "
                    + settings.device());
            return;
        }
        String[] parts = written.split("[\\s=]+", 2);
        if (!SETTINGS.contains(parts[0]) || parts.length < 2) {
            output.mistake("`:set` takes precision, seed or device and its value, as in `:set seed 3`"
                    + Spelling.nearestOfFew(parts[0], SETTINGS)
                            .filter(near -> !near.equals(parts[0]))
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
            return;
        }
        String value = parts[1].replaceFirst("^\"(.*)\"$", "$1");
        String shownValue = parts[0].equals("seed") ? value : "\"" + value + "\"";
        try {
            workspace.run(
                    new Source(Workspace.NAME, "set(" + parts[0] + " = " + shownValue + ")"),
                    Interpreter.Listener.NONE);
        } catch (SdeError refused) {
            output.errors(refused.diagnostics());
            if (parts[0].equals("device") && workspace.session().hasBackend()) {
                console.note("`:reset` begins a session without tensors");
            }
        }
    }
}
