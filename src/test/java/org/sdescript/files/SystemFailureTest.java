package org.sdescript.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Function;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SystemFailureTest {
    @Test
    void an_english_message_is_understood() {
        assertThat(SystemFailure.FULL_DISK.isIn(new IOException("/tmp/x: No space left on device")))
                .isTrue();
        assertThat(SystemFailure.BROKEN_PIPE.isIn(new IOException("Broken pipe")))
                .isTrue();
        assertThat(SystemFailure.BROKEN_PIPE.isIn(new IOException("No space left on device")))
                .isFalse();
        assertThat(SystemFailure.FULL_DISK.isIn(new IOException("Permission denied")))
                .isFalse();
        assertThat(SystemFailure.FULL_DISK.isIn(new IOException())).isFalse();
    }

    /** The words of the system are those of its language, here whatever this process speaks. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_message_in_the_language_of_the_system_is_understood() {
        String words = Function.getFunction("c", "strerror").invokeString(new Object[] {28}, false);
        assumeThat(words).as("the words for ENOSPC").isNotBlank();

        assertThat(SystemFailure.FULL_DISK.isIn(new IOException("/tmp/x: " + words)))
                .isTrue();
        assertThat(SystemFailure.BROKEN_PIPE.isIn(new IOException(words))).isFalse();
    }
}
