package org.sdescript.runtime;

import org.sdescript.ast.Statement;

/** What declarations at the head of a file need from outside of it. */
public interface Modules {

    /** The value of a {@code param}: from the command line where it is given there, else its default. */
    Value parameter(Statement.Param declared, Interpreter interpreter, Environment module);

    /** Brings another file's names in. */
    void load(Statement.Import declared, Interpreter interpreter, Environment module);
}
