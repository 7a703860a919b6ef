package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.SafetensorsFiles;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

class ParametersTest {
    @TempDir
    Path folder;

    private final Backend backend = BackendFixture.backend();

    @Test
    void a_file_gives_back_names_order_shapes_and_values() throws Exception {
        Path file = folder.resolve("deep/p.safetensors");
        try (Parameters written = new Parameters(backend)) {
            written.create("z.weight", Shape.of(2, 2), new float[] {1, 2, 3, -0.1f});
            written.create("a.bias", Shape.of(1), new float[] {Float.MIN_VALUE});
            written.save(file);
            try (Parameters read = Parameters.load(backend, file)) {
                assertThat(read.names()).containsExactly("z.weight", "a.bias");
                assertThat(read.get("z.weight").shape()).isEqualTo(Shape.of(2, 2));
                assertThat(read.get("z.weight").toFloats()).containsExactly(1, 2, 3, -0.1f);
                assertThat(read.get("a.bias").toFloats()).containsExactly(Float.MIN_VALUE);
                assertThat(read.count()).isEqualTo(5);
            }
        }
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void tensors_of_every_dtype_and_words_go_through_a_file() {
        Path file = folder.resolve("t.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType dtype : DType.values()) {
            tensors.put(dtype.toString(), backend.tensor(dtype, Shape.of(3), new double[] {0, 1, 1}));
        }
        tensors.put("empty", backend.tensor(Shape.of(0, 2), new float[0]));
        tensors.put("one", backend.tensor(DType.FLOAT64, Shape.SCALAR, new double[] {Math.PI}));
        new Safetensors(tensors, Map.of("predict", "noise ε")).write(file);
        Safetensors read = Safetensors.read(backend, file);
        assertThat(read.metadata()).containsExactly(Map.entry("predict", "noise ε"));
        assertThat(read.tensors()).containsOnlyKeys(tensors.keySet());
        tensors.forEach((name, tensor) -> {
            assertThat(read.tensors().get(name).type()).isEqualTo(tensor.type());
            assertThat(read.tensors().get(name).toDoubles()).isEqualTo(tensor.toDoubles());
        });
    }

    @Test
    void a_file_cut_short_is_refused() throws Exception {
        Path file = folder.resolve("p.safetensors");
        try (Parameters parameters = new Parameters(backend)) {
            parameters.create("w", Shape.of(100), new float[100]);
            parameters.save(file);
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> Parameters.load(backend, file))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("was cut off or changed");
        assertThatThrownBy(() -> Parameters.load(backend, folder)).isInstanceOf(SdeError.class);
    }

    @Test
    void a_copy_keeps_its_values() {
        try (Parameters parameters = new Parameters(backend)) {
            Tensor w = parameters.create("w", Shape.of(2), new float[] {1, 2});
            try (Parameters copy = parameters.copy()) {
                w.close();
                assertThat(copy.get("w").toFloats()).containsExactly(1, 2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'w':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,16]}}",
                "{'w':{'dtype':'F32','shape':[9223372036854775807],'data_offsets':[0,16]}}",
                "{'w':{'dtype':'F32','shape':[2.5,2],'data_offsets':[0,16]}}",
                "{'w':{'dtype':'F32','shape':[-2,-2],'data_offsets':[0,16]}}",
                "{'w':{'dtype':'F32','shape':[4],'data_offsets':[16,32]}}",
                "{'w':{'dtype':'F32','shape':[4],'data_offsets':[16,0]}}",
                "{'w':{'dtype':'F32','shape':[4],'data_offsets':[0,16,32]}}",
                "{'w':{'dtype':'F32','shape':[4],'data_offsets':[-16,0]}}",
                "{'w':{'dtype':'F32','shape':[4],'data_offsets':[9223372036854775792,9223372036854775807]}}",
                "{'w':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}",
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'v':{'dtype':'F32','shape':[3],'data_offsets':[4,16]}}",
                "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'v':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}}",
                "{'w':{'dtype':'F32','shape':[4],'data_offsets':[0,16]},'w':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}",
                "{'w':{'dtype':'U16','shape':[8],'data_offsets':[0,16]}}",
                "{'w':[0,16]}",
                "{'w':{'dtype':'F32','shape':[4],'data_offsets':[0,16]},'__metadata__':{'a':1}}",
                "{'w':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} {}",
                "[]"
            })
    void a_header_that_does_not_fit_the_file_is_refused(String header) throws Exception {
        Path file = Files.write(
                folder.resolve("h.safetensors"), SafetensorsFiles.of(header.replace('\'', '"'), new byte[16]));
        assertThatThrownBy(() -> Safetensors.read(backend, file))
                .isInstanceOf(SdeError.class)
                .hasMessageContaining("is not a safetensors file that can be read");
    }
}
