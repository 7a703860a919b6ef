package org.sdescript.check;

import java.util.List;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Diagnostic;

/** What is odd about a program that has no errors. A warning is given only where the text cannot be meant as it stands. */
public final class Warnings {
    private Warnings() {}

    /** Values that the callables of an entry at the prompt lose. */
    public static List<Diagnostic> ofEntry(Program program, Globals globals) {
        return new IdleStatements(globals).ofBodies(program);
    }

    /**
     * Sorted by place.
     *
     * @param imported whether other files import this one, which may read its names
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
