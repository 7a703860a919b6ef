package org.sdescript.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.backend.Products;
import org.sdescript.graph.DType;

/** What tensors are made of, and how exactly the products of layers are computed. */
public enum Precision {
    FLOAT32(DType.FLOAT32, Products.PLAIN),
    FLOAT64(DType.FLOAT64, Products.PLAIN),
    TF32(DType.FLOAT32, Products.TF32),
    BFLOAT16(DType.FLOAT32, Products.BFLOAT16);

    private final DType tensors;
    private final Products products;

    Precision(DType tensors, Products products) {
        this.tensors = tensors;
        this.products = products;
    }

    /** The type of floating-point tensors. */
    public DType tensors() {
        return tensors;
    }

    Products products() {
        return products;
    }

    /** By the name that users give it. */
    public static Optional<Precision> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst();
    }

    /** All of them, as a sentence lists them. */
    public static String names(String quote) {
        String last = quote + BFLOAT16 + quote;
        return Arrays.stream(values())
                        .filter(each -> each != BFLOAT16)
                        .map(each -> quote + each + quote)
                        .collect(Collectors.joining(", "))
                + " or " + last;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
