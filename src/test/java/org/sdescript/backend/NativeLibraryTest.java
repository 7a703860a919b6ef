package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.sdescript.diagnostic.SdeError;

class NativeLibraryTest {
    @Test
    void a_library_that_cannot_be_loaded_is_explained_by_the_first_cause() {
        Throwable missing = new UnsatisfiedLinkError("libgomp.so.1: cannot open shared object file\nat somewhere");
        Throwable failure = new EngineException("Failed to load", new IllegalStateException("wrapped", missing));

        SdeError error = NativeLibrary.unusable(failure);

        assertThat(error).hasMessage("the PyTorch library cannot be loaded").hasCause(failure);
        assertThat(error.diagnostics().getFirst().notes())
                .startsWith("UnsatisfiedLinkError: libgomp.so.1: cannot open shared object file");
    }

    @Test
    void a_failure_without_a_cause_explains_itself() {
        assertThat(NativeLibrary.unusable(new EngineException("no room"))
                        .diagnostics()
                        .getFirst()
                        .notes())
                .startsWith("EngineException: no room");
    }
}
