package org.sdescript.image;

import java.util.function.Supplier;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** The way to Java2D, which some Javas lack and which must not look for a display. */
public final class Drawing {
    static {
        // no display is needed or wanted; has to be said before AWT loads
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private Drawing() {}

    /** Does something with pixels; a Java without AWT's libraries is an error with {@code help}, E0732. */
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
