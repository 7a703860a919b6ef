package org.sdescript.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.sdescript.Refusal;

class StandardStreamTest {
    private static final byte[] TEXT = {'a', 'b', 'c'};

    @Test
    void bytes_pass() {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        StandardStream stream = new StandardStream(to, "standard output", true);
        stream.write(TEXT, 1, 2);
        stream.write('d');

        assertThat(to).hasToString("bcd");
    }

    @Test
    void output_that_is_lost_is_an_error() {
        StandardStream output = new StandardStream(failing("No space left on device"), "standard output", true);

        assertThatThrownBy(() -> output.write(TEXT, 0, 3))
                .isInstanceOf(OutputFailure.class)
                .hasMessageContaining("standard output cannot be written: No space left on device")
                .satisfies(Refusal.with("E0708"))
                .satisfies(error -> assertThat(((OutputFailure) error).isPipe()).isFalse());
    }

    @Test
    void remarks_may_be_lost_unless_no_one_reads_them() {
        StandardStream full = new StandardStream(failing("No space left on device"), "standard error", false);
        StandardStream closed = new StandardStream(failing("Broken pipe"), "standard error", false);

        assertThatCode(() -> full.write(TEXT, 0, 3)).doesNotThrowAnyException();
        assertThatThrownBy(() -> closed.write(TEXT, 0, 3))
                .isInstanceOf(OutputFailure.class)
                .satisfies(error -> assertThat(((OutputFailure) error).isPipe()).isTrue());
    }

    @Test
    void a_failure_is_found_behind_other_errors() {
        OutputFailure failure = new OutputFailure("standard output", new IOException("The pipe is being closed"));

        assertThat(OutputFailure.behind(new IllegalStateException(new RuntimeException(failure))))
                .contains(failure);
        assertThat(OutputFailure.behind(new IllegalStateException("other"))).isEmpty();
        assertThat(failure.isPipe()).isTrue();
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
