package org.sdescript.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.ast.Program;
import org.sdescript.manual.DeclaredEntries;
import org.sdescript.manual.Manual;
import org.sdescript.manual.ManualEntry;
import org.sdescript.runtime.Builtin;

/** Scripts that see the local names of the library, so that each can be tested alone. */
public final class LibraryScripts {
    private static final StandardLibrary LIBRARY = new StandardLibrary();

    private LibraryScripts() {}

    public static Pipeline pipeline() {
        return new Pipeline(true);
    }

    /** The example in the declaration of a built-in. */
    static String example(Builtin builtin) {
        return DeclaredEntries.of(builtin).examples();
    }

    /** The entries of the local names. */
    static List<ManualEntry> localEntries() {
        Map<String, Program> files = new LinkedHashMap<>();
        for (int i = 0; i < StandardLibrary.FILES.size(); i++) {
            files.put(StandardLibrary.FILES.get(i), LIBRARY.programs().get(i));
        }
        List<String> exported = LIBRARY.manual().entries().stream()
                .flatMap(entry -> entry.names().stream())
                .toList();
        return Manual.of(files).entries().stream()
                .filter(entry -> !exported.contains(entry.name()))
                .toList();
    }
}
