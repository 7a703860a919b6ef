package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sdescript.Script;
import org.sdescript.backend.Execution;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Settings;

/** Work that fits into no machine's memory is refused before it begins, with a way out. */
class OutOfMemoryTest {
    private static final String WIDE = """
            network wide(x, t) {
              h = dense(x, 1_000_000)
              return dense(silu(h), 1)
            }
            data = zeros([500_000, 1])
            """;

    @ParameterizedTest
    @EnumSource
    void sampling_says_how_many_samples_at_a_time_would_fit(Execution execution) {
        Diagnostic told = refused(
                execution,
                "score = train(wide, data, VP(), steps = 1, batch = 1)\n"
                        + "x = sample(VP(), score, n = 1_000_000, using = pc(steps = 1))");

        assertThat(told.message()).isEqualTo("there is not enough memory for this float32 [1000000, 1000000]");
        assertThat(told.span().orElseThrow().text()).isEqualTo("dense(x, 1_000_000)");
        assertThat(told.label()).isEqualTo("linear");
        assertThat(told.notes().getFirst()).matches("it takes [37].\\d TiB.*, and .* are left on this machine");
        assertThat(told.help().orElseThrow())
                .matches("`sample\\(…, batch = \\d+\\)` computes as many samples at a time.*");
    }

    @ParameterizedTest
    @EnumSource
    void training_says_which_batch_would_fit(Execution execution) {
        Diagnostic told = refused(execution, "score = train(wide, data, VP(), steps = 1, batch = 500_000)");

        assertThat(told.message()).isEqualTo("there is not enough memory for this float32 [500000, 1000000]");
        assertThat(told.span().orElseThrow().text()).isEqualTo("dense(x, 1_000_000)");
        assertThat(told.help().orElseThrow()).matches("`train\\(…, batch = \\d+\\)` should fit");
    }

    @ParameterizedTest
    @EnumSource
    void not_one_sample_fits(Execution execution) {
        Diagnostic told = refused(
                execution,
                "x = sample(VP(), (x, t) -> x*sum(reshape(x, [-1, 1])*ones([1, 4_000_000])), n = 1, shape = [4_000_000],"
                        + " using = pc(steps = 1))");

        assertThat(told.help()).contains("not even one sample fits: make the samples or the network smaller");
    }

    private static Diagnostic refused(Execution execution, String script) {
        SdeError error = catchThrowableOfType(
                SdeError.class,
                () -> Script.run(WIDE + script, Settings.standard().execution(execution)));
        assertThat(error.diagnostics().getFirst().code()).isEqualTo("E0904");
        return error.diagnostics().getFirst();
    }
}
