package org.sdescript.parcel;

/** The first byte of each object in a parcel: what follows it. */
enum Tag {
    NULL,
    /** The number of an object that was written before. */
    AGAIN,
    TRUE,
    FALSE,
    DOUBLE,
    LONG,
    INT,
    TEXT,
    BIG_INTEGER,
    DOUBLES,
    DOUBLE_ROWS,
    LONGS,
    BYTES,
    INTS,
    LIST,
    MAP,
    SET,
    EMPTY,
    PRESENT,
    PATH,
    /** A value of the interpreter: a number, a text, a truth value, none. */
    NUMBER,
    WORD,
    TRUTH,
    NONE,
    ENUM,
    /** A record of an allowed package, or an allowed class: its name, then the arguments of its constructor. */
    OBJECT,
    TENSOR,
    PARAMETERS,
    MODULE,
    /** The text of a script, or the name of a file of the library. */
    SOURCE,
    LIBRARY_SOURCE,
    SPAN,
    /** A node of a syntax tree by its kind and place. */
    NODE,
    /** A scope: its parent, whether it is a module, whether its numbers are exact. Its names follow the whole value. */
    SCOPE,
    ROOT,
    CLOSURE,
    LAMBDA,
    PROCESS_DECLARATION,
    /** A name of the library, with its configuration. */
    LIBRARY,
    /** A function that is a field of a value. */
    FIELD,
    /** A field of a value, called with arguments. */
    RECIPE,
    /** The interpreter, its tensors, its session: those of the process that reads. */
    INTERPRETER,
    TENSORS,
    SESSION,
    /** A derivation, which is not sent. */
    DERIVATION,
    LAZY,
    UNDERIVED,
    /** A value that stays where it is: its description. */
    LEFT
}
