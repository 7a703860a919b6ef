package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.SafetensorsFiles;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Safetensors read(byte[] bytes) throws IOException {
        return Safetensors.read(BackendFixture.backend(), Files.write(folder.resolve("file.safetensors"), bytes));
    }

    @Test
    void the_shortest_file_has_no_tensors() throws IOException {
        assertThat(read(SafetensorsFiles.of("{}", new byte[0])).tensors()).isEmpty();
    }

    @Test
    void a_header_longer_than_the_file_or_shorter_than_two_braces_is_refused() {
        byte[] longer = SafetensorsFiles.of("{}", new byte[0]);
        longer[0] = 3;
        assertThatThrownBy(() -> read(longer)).hasMessageContaining("no sensible length");
        assertThatThrownBy(() -> read(SafetensorsFiles.of("1", new byte[0])))
                .hasMessageContaining("no sensible length");
        assertThatThrownBy(() -> read(new byte[7])).hasMessageContaining("too short");
    }
}
