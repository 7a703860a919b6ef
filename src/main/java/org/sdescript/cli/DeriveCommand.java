package org.sdescript.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.files.OutputFolders;
import org.sdescript.interrupt.Interruption;
import org.sdescript.pipeline.Derivation;
import org.sdescript.pipeline.DerivationText;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sde derive script.sde VP --latex}. */
@Command(
        name = "derive",
        description = "Derives, step by step, the reverse, flow, transition and prior of the processes of a script.")
final class DeriveCommand implements Callable<Integer> {

    /** The output formats besides text. */
    static final class Form {
        @Option(names = "--latex", description = "Prints a LaTeX document.")
        private boolean latex;

        @Option(names = "--mathml", description = "Prints a page of HTML with formulas of MathML, for a browser.")
        private boolean mathml;

        @Option(
                names = "--json",
                description = "Prints JSON: rule, source and formulas of each step, as text, LaTeX and MathML.")
        private boolean json;
    }

    @Mixin
    private HelpOption help = new HelpOption();

    @ArgGroup
    private Form form = new Form();

    @Parameters(index = "0", paramLabel = "SCRIPT", description = "The script.")
    private Path file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The name of one sde of the script; without a name, all of them.")
    private @Nullable String name;

    @Override
    public Integer call() {
        Pipeline pipeline = new Pipeline();
        Program program = pipeline.program(ScriptFile.read(file));
        List<String> declared = Derivation.names(program);
        if (declared.isEmpty() || name != null && !declared.contains(name)) {
            TerminalConsole.err().println("sde derive: " + missing(declared));
            return Main.USAGE;
        }
        List<String> names = name == null ? declared : List.of(name);
        OutputFolders folder = new WriteOption().below("derive");
        Path beside = file.toAbsolutePath().getParent();
        try (Session session = new Session(Settings.standard(), new TerminalConsole(true), folder, beside)) {
            return StopSignals.during(
                    session,
                    () -> {
                        TerminalConsole.out().println(written(Derivation.of(pipeline, program, file, names, session)));
                        return Main.DONE;
                    },
                    () -> {});
        } catch (Interruption interruption) {
            return StopSignals.status();
        }
    }

    private String written(List<Derivation> derivations) {
        if (form.latex) {
            return DerivationText.latex(derivations);
        }
        if (form.mathml) {
            return DerivationText.html(derivations);
        }
        return form.json ? DerivationText.json(derivations) : DerivationText.text(derivations);
    }

    private String missing(List<String> declared) {
        if (declared.isEmpty() || name == null) {
            return file + " declares no `sde`";
        }
        return file + " declares no `sde` " + name + "; "
                + Spelling.nearest(name, declared)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("it has " + String.join(", ", declared));
    }
}
