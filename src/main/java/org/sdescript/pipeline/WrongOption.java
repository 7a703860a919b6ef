package org.sdescript.pipeline;

import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** A mistake in the command line rather than in the script: an option the script does not have, or cannot read. */
public final class WrongOption extends SdeError {
    private static final long serialVersionUID = 1;

    WrongOption(Diagnostic diagnostic) {
        super(diagnostic);
    }
}
