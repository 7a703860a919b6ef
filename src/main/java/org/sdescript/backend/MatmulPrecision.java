package org.sdescript.backend;

/**
 * The precision of the products in layers (dense, convolutions, attention) of float32 tensors. Parameters, sums and
 * everything else are float32 in each mode.
 */
public enum MatmulPrecision {
    /** Full float32. */
    PLAIN,
    /**
     * GPUs round factors to 10 bits behind the point; other devices compute as in PLAIN. The library reads this setting
     * only when it is loaded.
     */
    TF32,
    /**
     * Factors and results are rounded to 7 bits behind the point: PyTorch's autocast. Eager kernels compute as in
     * PLAIN.
     */
    BFLOAT16
}
