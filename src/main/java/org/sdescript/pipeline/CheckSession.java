package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sdescript.ast.Statement;
import org.sdescript.check.CheckedProgram;
import org.sdescript.check.Checker;
import org.sdescript.check.Globals;
import org.sdescript.check.Warnings;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;

/**
 * The scripts of one check and the files they import. Each file is read once, and checked after its imports, whose
 * exports are then known.
 */
final class CheckSession {
    private record File(Parsed parsed, CheckedProgram checked) {}

    private final Globals library;
    private final ScriptReader reader;
    private final Map<Path, File> files = new LinkedHashMap<>();
    private final Set<Path> underWay = new LinkedHashSet<>();
    private final Set<Path> imported = new HashSet<>();
    private final Set<Statement.Import> told = new HashSet<>();
    private final List<Diagnostic> misled = new ArrayList<>();

    CheckSession(Globals library, ScriptReader reader) {
        this.library = library;
        this.reader = reader;
    }

    /** Checks a parsed file, and the files that it imports, unless an import has brought it already. */
    CheckedProgram add(Parsed parsed) {
        Path identity = identity(Path.of(parsed.program().span().source().name()));
        File known = files.get(identity);
        return known != null ? known.checked() : check(parsed, identity).checked();
    }

    private File check(Parsed parsed, Path identity) {
        underWay.add(identity);
        try {
            Set<Statement> certain = Set.copyOf(parsed.program().statements());
            CheckedProgram checked =
                    Checker.check(parsed, library, declared -> brought(declared, certain.contains(declared)));
            File file = new File(parsed, checked);
            files.put(identity, file);
            return file;
        } finally {
            underWay.remove(identity);
        }
    }

    /** Returns the names that an import binds. An import that fails is an error only if it certainly runs. */
    Optional<Globals> brought(Statement.Import declared, boolean certain) {
        if (declared.path().isEmpty()) {
            return Optional.empty(); // a syntax error, reported already
        }
        try {
            Path file = ScriptFile.imported(declared);
            Path identity = identity(file);
            imported.add(identity);
            if (underWay.contains(identity)) {
                throw ScriptFile.circular(underWay, file, declared);
            }
            File known = files.get(identity);
            File read = known != null ? known : check(Parser.parse(ScriptFile.read(reader, file, declared)), identity);
            return Optional.of(read.checked().exports());
        } catch (SdeError misleading) {
            if (certain && told.add(declared)) {
                misled.addAll(misleading.diagnostics());
            }
            return Optional.empty();
        }
    }

    static Path identity(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** All errors, by file and position, and the warnings for files without errors. */
    List<Diagnostic> findings() {
        List<Diagnostic> all = new ArrayList<>(misled);
        files.forEach((identity, file) -> {
            all.addAll(file.checked().findings());
            if (file.checked().findings().stream().noneMatch(Diagnostic::isError)) {
                all.addAll(Warnings.of(file.parsed().program(), library, imported.contains(identity)));
            }
        });
        all.sort(Comparator.comparing(CheckSession::file).thenComparingInt(CheckSession::place));
        return all;
    }

    private static String file(Diagnostic diagnostic) {
        return diagnostic.span().map(span -> span.source().name()).orElse("");
    }

    private static int place(Diagnostic diagnostic) {
        return diagnostic.span().map(span -> span.start()).orElse(0);
    }
}
