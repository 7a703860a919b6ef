package org.sdescript.backend;

/**
 * How exactly the products of layers (dense, convolutions, attention) of float32 tensors are computed. Parameters, sums and all else
 * are float32 in each.
 */
public enum Products {
    /** As exactly as the rest. */
    PLAIN,
    /** GPUs round factors to 10 bits behind the point; other devices compute as in PLAIN. A setting of the library from its loading on. */
    TF32,
    /** Factors and results are rounded to 7 bits behind the point: what PyTorch calls autocast. Node by node, kernels compute as in PLAIN. */
    BFLOAT16
}
