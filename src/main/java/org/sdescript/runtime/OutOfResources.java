package org.sdescript.runtime;

import org.sdescript.backend.MemoryLimit;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.source.Span;

/** Builds the errors for an exhausted stack or heap of the JVM. */
final class OutOfResources {
    private OutOfResources() {}

    static SdeError of(VirtualMachineError exhausted, Span statement) {
        Diagnostic diagnostic =
                switch (exhausted) {
                    case StackOverflowError overflow ->
                        Diagnostic.error("E0461", statement, "this nests too deeply")
                                .help("a recursion needs a case that ends it; lists in lists have a limit too");
                    default ->
                        Diagnostic.error("E0930", statement, "there is not enough memory for these values")
                                .note("lists, texts and formulas may take "
                                        + MemoryLimit.inUnits(
                                                Runtime.getRuntime().maxMemory())
                                        + " here; tensors have memory of their own")
                                .help("keep numbers in tensors, and drop what is no longer needed; more is"
                                        + " SDE_JAVA_OPTIONS=-Xmx16g");
                };
        return new SdeError(diagnostic, exhausted);
    }
}
