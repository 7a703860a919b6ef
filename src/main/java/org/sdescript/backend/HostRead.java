package org.sdescript.backend;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.ScriptCalls;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * Reads arrays into Java. DJL's own reading copies arrays on other devices and arrays that are not contiguous, and
 * never frees the copies.
 */
final class HostRead {
    private HostRead() {}

    /** @param reader receives the elements, the last axis fastest; the buffer is valid during the call */
    static <T> T of(PtNDArray array, Function<ByteBuffer, T> reader) {
        if (array.getDevice().equals(Device.cpu())) {
            return here(array, reader);
        }
        try (PtNDArray copy = array.toDevice(Device.cpu(), true)) {
            return here(copy, reader);
        }
    }

    private static <T> T here(PtNDArray array, Function<ByteBuffer, T> reader) {
        MemoryLimit.requireReadable(array.getShape().size(), array.getDataType().getNumOfBytes());
        return reader.apply(array.toByteBuffer(ScriptCalls.isContiguous(array.getHandle())));
    }

    static double item(PtNDArray wide) {
        return of(wide, ByteBuffer::getDouble);
    }
}
