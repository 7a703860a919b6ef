package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.check.Globals;
import org.sdescript.check.Signature;
import org.sdescript.check.Warnings;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.manual.Manual;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Session;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parsed;

/**
 * Reads, checks and runs scripts with one library and one reader of files, by the steps of {@link Phases}: {@link
 * #checked} parses and checks, {@link #run} binds the library and runs.
 */
public final class Pipeline {
    private final StandardLibrary library;
    private final boolean insideLibrary;
    private final Globals globals;
    private final ScriptReader reader;
    private final boolean declarationsOnly;

    public Pipeline() {
        this(false);
    }

    /** @param insideLibrary true if scripts see the library's local names, as its own files do */
    Pipeline(boolean insideLibrary) {
        this(new StandardLibrary(), insideLibrary, ScriptReader.DISK, false);
    }

    private Pipeline(StandardLibrary library, boolean insideLibrary, ScriptReader reader, boolean declarationsOnly) {
        this.library = library;
        this.insideLibrary = insideLibrary;
        this.globals = insideLibrary ? library.ownGlobals() : library.globals();
        this.reader = reader;
        this.declarationsOnly = declarationsOnly;
    }

    /** The same phases with imported files read elsewhere. */
    public Pipeline reading(ScriptReader other) {
        return new Pipeline(library, insideLibrary, other, declarationsOnly);
    }

    /** The same phases for the library's own files, which see each other's local names. */
    public Pipeline insideLibrary() {
        return new Pipeline(library, true, reader, declarationsOnly);
    }

    /** The files of the library; the name of each source is a path such as {@code stdlib/losses.sde}. */
    public List<Program> libraryFiles() {
        return library.files();
    }

    /** The same phases, but an import runs only the declarations of its file, and the file may have errors. */
    public Pipeline declaring() {
        return new Pipeline(library, insideLibrary, reader, true);
    }

    /** A script without errors, and its warnings. */
    public record CheckedScript(Program program, List<Diagnostic> warnings) {}

    /** Parses and checks a script and its imports; throws all their errors, if any. */
    public CheckedScript checked(Source text) {
        Parsed tree = Phases.parse(text);
        List<Diagnostic> warnings = Phases.requireCorrect(Phases.check(List.of(tree), globals, reader));
        return new CheckedScript(tree.program(), warnings);
    }

    /** Binds the library and runs a checked program in a session; returns the names that the program bound. */
    public Environment run(Program program, Path file, ScriptParameters parameters, Session session) {
        parameters.refuseUnknown(program, file);
        return Phases.run(bind(file, parameters, session), program);
    }

    /**
     * Makes an interpreter with the built-ins and the standard library. The interpreter runs programs one after
     * another; each program finds the names bound by earlier ones.
     */
    public RunningScript bind(Path file, ScriptParameters parameters, Session session) {
        return Phases.bind(library, insideLibrary, session, new ScriptImporter(this, file, parameters));
    }

    /** Checks scripts and the files they import, without running them; returns errors and warnings. */
    public List<Diagnostic> check(Source... texts) {
        return Phases.check(Stream.of(texts).map(Phases::parse).toList(), globals, reader);
    }

    /** Parses and checks a script that may have errors; returns everything that is known of it. */
    public ScriptAnalysis analysis(Source text) {
        return analysis(text, globals);
    }

    private ScriptAnalysis analysis(Source text, Globals known) {
        return ScriptAnalysis.of(Phases.parse(text), known, reader);
    }

    /**
     * Returns the names that the line at an offset sees, from the analysis of an earlier version of the text and from
     * the lines that changed since; empty if only the analysis of the whole text certainly tells that.
     */
    public Optional<ChangedLines> changed(ScriptAnalysis before, Source now, int offset) {
        return ChangedLines.of(before, now, offset, this::analysis);
    }

    /** The program of an imported file; throws its errors, if any. */
    Program imported(Path file, Statement.Import declared) {
        Source text = ScriptFile.read(reader, file, declared);
        return declarationsOnly ? Phases.parse(text).program().declarations() : program(text);
    }

    /** The tree of an imported file, which may have errors. Throws if the file cannot be read. */
    public Optional<Program> importedProgram(Statement.Import declared) {
        return declared.path().isEmpty()
                ? Optional.empty()
                : Optional.of(Phases.parse(ScriptFile.read(reader, ScriptFile.imported(declared), declared))
                        .program());
    }

    /** Checks an entry at the prompt, with the names bound by earlier entries; throws its errors, if any. */
    public Program entry(Source text, Environment bound) {
        Parsed tree = Phases.parse(text);
        Globals known = globals.and(bound.ownNames()).and(signatures(bound));
        Phases.requireCorrect(Phases.check(List.of(tree), known, reader));
        return tree.program();
    }

    /** The warnings for an entry without errors. */
    public List<Diagnostic> warnings(Program entry) {
        return Warnings.ofEntry(entry, globals);
    }

    private static Map<String, Signature> signatures(Environment bound) {
        Map<String, Signature> signatures = new HashMap<>();
        for (String name : bound.ownNames()) {
            switch (bound.bound(name)) {
                case Closure closure when closure.configuration().isEmpty() -> signatures.put(name, closure.contract());
                case ProcessDeclaration process
                when process.configuration().isEmpty() -> signatures.put(name, Signature.of(process.declaration()));
                default -> {}
            }
        }
        return signatures;
    }

    /** The manual of the language and its library. */
    public Manual manual() {
        return library.manual();
    }

    /** The manual, with the declarations of a script; the script may have errors. */
    public Manual manual(Source script) {
        return library.manual().with(Phases.parse(script).program());
    }

    /** The checked tree of a script; throws its errors, if any. */
    public Program program(Source text) {
        return checked(text).program();
    }
}
