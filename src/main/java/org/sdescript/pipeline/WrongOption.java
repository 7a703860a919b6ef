package org.sdescript.pipeline;

import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** A mistake in the command line instead of the script: an unknown option, or a value of the wrong type. */
public final class WrongOption extends SdeError {
    private static final long serialVersionUID = 1;

    WrongOption(Diagnostic diagnostic) {
        super(diagnostic);
    }

    @Override
    public boolean endsRun() {
        return true;
    }
}
