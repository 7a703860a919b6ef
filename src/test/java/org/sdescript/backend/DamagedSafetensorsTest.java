package org.sdescript.backend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.DamagedFiles;
import org.sdescript.SafetensorsFiles;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/** Damaged files of parameters, with sde's checksum and without. */
class DamagedSafetensorsTest {
    @TempDir
    Path folder;

    private final Backend backend = BackendFixture.backend();

    @Test
    void safetensors() throws Exception {
        Path own = folder.resolve("own.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (DType dtype : DType.values()) {
            tensors.put(dtype.toString(), backend.tensor(dtype, Shape.of(1, 3), new double[] {0, 1, 1}));
        }
        new Safetensors(tensors, Map.of("layout", "a b")).write(own);
        byte[] others = SafetensorsFiles.of(
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
                        + "\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]},"
                        + "\"none\":{\"dtype\":\"BOOL\",\"shape\":[0,3],\"data_offsets\":[24,24]}}",
                ByteBuffer.allocate(24)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(1)
                        .array());
        DamagedFiles.areToldOrRead(
                "safetensors",
                folder,
                List.of(others, Files.readAllBytes(own), others),
                Set.of("E0906", "E0907"),
                file -> Safetensors.read(backend, file).tensors().values().forEach(Tensor::close));
    }
}
