package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.sdescript.ast.Statement;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.Importer;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ModuleValue;
import org.sdescript.runtime.Value;

/** The imported files of one run. Each file runs once; relative names are resolved from the importing file. */
final class ScriptImporter implements Importer {
    private final Pipeline pipeline;
    private final ScriptParameters parameters;
    private final Map<Path, Environment> loaded = new HashMap<>();
    private final Set<Path> underWay = new LinkedHashSet<>();

    /** The number of active imports that have an alias; parameters below such an import have their defaults. */
    private int aliased;

    ScriptImporter(Pipeline pipeline, Path script, ScriptParameters parameters) {
        this.pipeline = pipeline;
        this.parameters = parameters;
        underWay.add(CheckSession.identity(script));
    }

    @Override
    public Value parameter(Statement.Param declared, Interpreter interpreter, Environment module) {
        Value fallback = interpreter.evaluate(declared.value(), module);
        return aliased > 0 ? fallback : parameters.value(declared.name(), fallback);
    }

    @Override
    public void load(Statement.Import declared, Interpreter interpreter, Environment module) {
        Path file = ScriptFile.imported(declared);
        Path identity = CheckSession.identity(file);
        Environment names = loaded.get(identity);
        if (names == null) {
            names = run(file, identity, declared, interpreter);
            loaded.put(identity, names);
            interpreter.root().keep(names);
        }
        if (declared.alias().isPresent()) {
            module.bind(declared.alias().get(), new ModuleValue(declared.alias().get(), names));
        } else {
            for (String name : names.exported()) {
                module.bind(name, names.bound(name));
            }
        }
    }

    private Environment run(Path file, Path identity, Statement.Import declared, Interpreter interpreter) {
        if (!underWay.add(identity)) {
            throw ScriptFile.circular(underWay, file, declared);
        }
        int before = aliased;
        aliased += declared.alias().isPresent() ? 1 : 0;
        try {
            Environment names = interpreter.root().module();
            interpreter.run(pipeline.imported(file, declared), names);
            return names;
        } finally {
            aliased = before;
            underWay.remove(identity);
        }
    }
}
