package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    Path folder;

    private Checkpoints checkpoints(boolean resume) {
        return new Checkpoints(folder, folder, new CheckpointInterval(10), resume, true);
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), name);
    }

    @Test
    void files_of_a_run_that_was_killed_while_writing_are_removed() throws IOException {
        Path unfinished = file(".state.safetensors.123.tmp");
        Path next = file("state.next.safetensors");
        Path other = file("notes.tmp");

        checkpoints(false).setAside();

        assertThat(unfinished).doesNotExist();
        assertThat(next).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void the_state_of_an_earlier_training_is_renamed_and_the_one_before_it_removed() throws IOException {
        file("state.safetensors");
        file("state.previous.safetensors");

        assertThat(checkpoints(false).setAside()).contains(folder.resolve("state.earlier.safetensors"));

        assertThat(folder.resolve("state.earlier.safetensors")).hasContent("state.safetensors");
        assertThat(folder.resolve("state.previous.safetensors")).doesNotExist();
    }

    @Test
    void a_training_that_resumes_leaves_the_states_as_they_are() throws IOException {
        Path state = file("state.safetensors");

        assertThat(checkpoints(true).setAside()).isEmpty();
        assertThat(state).exists();
    }
}
