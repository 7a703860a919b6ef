package org.sdescript.image;

import java.util.function.Supplier;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** Access to Java2D, which some Javas lack. Sets the headless mode, so that AWT never looks for a display. */
public final class Java2D {
    static {
        // must be set before AWT loads
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private Java2D() {}

    /** Runs work with pixels; throws E0732 with {@code help} if this Java lacks AWT's libraries. */
    public static <T> T with(String help, Supplier<T> work) {
        try {
            return work.get();
        } catch (LinkageError missing) {
            throw new SdeError(
                    Diagnostic.error("E0732", null, "this Java has no library to draw pixels with")
                            .note(String.valueOf(missing.getMessage()))
                            .help(help),
                    missing);
        }
    }
}
