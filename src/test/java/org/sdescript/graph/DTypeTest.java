package org.sdescript.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DTypeTest {
    @Test
    void a_number_beyond_the_largest_of_single_precision_is_infinite_there() {
        assertThat(DType.FLOAT32.holding(1e39)).isInfinite().isPositive();
        assertThat(DType.FLOAT32.holding(-1e39)).isInfinite().isNegative();
        assertThat(DType.FLOAT32.holding(Float.MAX_VALUE)).isEqualTo(Float.MAX_VALUE);
        assertThat(DType.FLOAT32.holding(0.1)).isEqualTo(0.1);
        assertThat(DType.FLOAT64.holding(1e39)).isEqualTo(1e39);
        assertThat(DType.INT64.holding(1e39)).isEqualTo(1e39);
    }
}
