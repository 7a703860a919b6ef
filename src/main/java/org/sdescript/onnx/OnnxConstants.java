package org.sdescript.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.sdescript.graph.DType;

/** The tensors in the file of a model, and the names in use. Equal small constants are stored once. */
final class OnnxConstants {
    private record Key(DType dtype, List<Long> sizes, ByteBuffer bytes) {}

    private final Map<Key, String> known = new HashMap<>();
    private final Map<String, Initializer> tensors = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private int values;

    /** Reserves a name; returns the name with a number behind it if the name is taken. */
    String reserve(String name) {
        String free = name;
        for (int k = 2; !names.add(free); k++) {
            free = name + "_" + k;
        }
        return free;
    }

    /** Returns a name for the value of a node. */
    String fresh() {
        return reserve("v" + values++);
    }

    /** Adds a tensor once; a tensor with the same name is the same tensor. */
    String tensor(Initializer tensor) {
        tensors.putIfAbsent(tensor.name(), tensor);
        return tensor.name();
    }

    /** Returns a tensor of these elements. */
    String of(DType dtype, List<Long> sizes, List<Double> values) {
        byte[] bytes = Initializer.bytes(dtype, values);
        return known.computeIfAbsent(
                new Key(dtype, sizes, ByteBuffer.wrap(bytes)),
                key -> tensor(new Initializer(reserve("c" + known.size()), dtype, sizes, bytes)));
    }

    /** Returns a tensor without axes. */
    String scalar(DType dtype, double value) {
        return of(dtype, List.of(), List.of(value));
    }

    /** Returns an int64 vector, exact up to 2⁶³ − 1. */
    String integers(List<Long> values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.size()).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        values.forEach(bytes::putLong);
        List<Long> sizes = List.of((long) values.size());
        return known.computeIfAbsent(
                new Key(DType.INT64, sizes, ByteBuffer.wrap(bytes.array())),
                key -> tensor(new Initializer(reserve("c" + known.size()), DType.INT64, sizes, bytes.array())));
    }

    String integers(long... values) {
        return integers(LongStream.of(values).boxed().toList());
    }

    List<ProtoMessage> messages() {
        List<ProtoMessage> messages = new ArrayList<>();
        tensors.values().forEach(tensor -> messages.add(OnnxMessages.tensor(tensor)));
        return messages;
    }

    /** Returns the total size of the tensors. */
    long bytes() {
        return tensors.values().stream()
                .mapToLong(tensor -> tensor.bytes().length)
                .sum();
    }
}
