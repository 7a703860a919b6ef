package org.sdescript.check;

import java.util.List;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;

/** Warnings for a program without errors. A warning appears only if the text cannot be meant as it is. */
public final class Warnings {
    private Warnings() {}

    /** The warnings for an entry at the prompt: values lost in the bodies of its callables. */
    public static List<Diagnostic> ofEntry(Program program, Globals globals) {
        return new IdleStatements(globals).ofBodies(program);
    }

    /**
     * All warnings, sorted by position.
     *
     * @param imported true if other files import this one and may read its names
     */
    public static List<Diagnostic> of(Program program, Globals globals, boolean imported) {
        Findings findings = new Findings();
        Stream.of(
                        new UnreachableStatements(globals).of(program),
                        new IdleStatements(globals).of(program),
                        new UnusedNames(imported).of(program),
                        new OverwrittenNames().of(program))
                .forEach(found -> found.forEach(findings::add));
        return findings.sorted();
    }
}
