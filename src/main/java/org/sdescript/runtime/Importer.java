package org.sdescript.runtime;

import org.sdescript.ast.Statement;

/** Resolves the {@code param} and {@code import} declarations at the head of a file. */
public interface Importer {

    /** Returns the value of a {@code param}: from the command line, or its default. */
    Value parameter(Statement.Param declared, Interpreter interpreter, Environment module);

    /** Imports the names of another file. */
    void load(Statement.Import declared, Interpreter interpreter, Environment module);
}
