package org.sdescript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.sdescript.diagnostic.SdeError;

/** Checks the code of an error. */
public final class Refusal {
    private Refusal() {}

    public static Consumer<Throwable> with(String code) {
        return error ->
                assertThat(((SdeError) error).diagnostics().getFirst().code()).isEqualTo(code);
    }
}
