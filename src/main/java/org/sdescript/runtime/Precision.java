package org.sdescript.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.backend.MatmulPrecision;
import org.sdescript.graph.DType;

/** The element type of tensors, and the precision of matrix products in layers. */
public enum Precision {
    FLOAT32(DType.FLOAT32, MatmulPrecision.PLAIN),
    FLOAT64(DType.FLOAT64, MatmulPrecision.PLAIN),
    TF32(DType.FLOAT32, MatmulPrecision.TF32),
    BFLOAT16(DType.FLOAT32, MatmulPrecision.BFLOAT16);

    private final DType tensors;
    private final MatmulPrecision products;

    Precision(DType tensors, MatmulPrecision products) {
        this.tensors = tensors;
        this.products = products;
    }

    /** Returns the type of floating-point tensors. */
    public DType tensors() {
        return tensors;
    }

    MatmulPrecision products() {
        return products;
    }

    /** Returns the precision of this name in scripts and settings. */
    public static Optional<Precision> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst();
    }

    /** Returns the names as an enumeration in a sentence. */
    public static String names() {
        return Arrays.stream(values())
                        .filter(each -> each != BFLOAT16)
                        .map(Precision::toString)
                        .collect(Collectors.joining(", "))
                + " or " + BFLOAT16;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
