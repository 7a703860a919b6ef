package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DomainScanTest {
    @Test
    void the_first_wrong_time_is_found_up_to_rounding() {
        DomainScan scan = DomainScan.of(new TimeDomain(0, 1));

        assertThat(scan.first(t -> t >= 0.3).orElseThrow()).isCloseTo(0.3, within(Math.ulp(0.3)));
        assertThat(scan.first(t -> t >= 0.3 && t < 0.4).orElseThrow()).isCloseTo(0.3, within(Math.ulp(0.3)));
        assertThat(scan.first(t -> false)).isEmpty();
    }

    @Test
    void the_first_negative_time_is_found_where_a_function_falls_below_zero() {
        DomainScan scan = DomainScan.of(new TimeDomain(0, 1));

        assertThat(scan.firstNegative(t -> 0.3 - t, 0).orElseThrow()).isCloseTo(0.3, within(1e-15));
        assertThat(scan.firstNegative(t -> t, 0)).isEmpty();
        assertThat(scan.firstNegative(t -> t < 0.3 ? 1 : Double.NaN, 0).orElseThrow())
                .isCloseTo(0.3, within(1e-15));
    }

    /** The times are 1/512 apart: (t − c)² − 1e-8 is negative for 2e-4 about c, between two of them. */
    @Test
    void a_minimum_between_two_times_is_followed_down() {
        DomainScan scan = DomainScan.of(new TimeDomain(0, 1));
        double c = 0.3 + 0.5 / 512;

        double first = scan.firstNegative(t -> (t - c) * (t - c) - 1e-8, 0).orElseThrow();
        assertThat(first).isCloseTo(c - 1e-4, within(1e-10));
        assertThat(scan.firstNegative(t -> (t - c) * (t - c) - (t > 0.7 ? 1 : 1e-8), 0)
                        .orElseThrow())
                .as("the first of two")
                .isEqualTo(first);
        assertThat(scan.firstNegative(t -> t > 0.2 ? -1 : (t - 0.7) * (t - 0.7), 0)
                        .orElseThrow())
                .isCloseTo(0.2, within(1e-15));
        assertThat(scan.firstNegative(t -> (t - c) * (t - c) + 1e-8, 0)).isEmpty();
    }

    /** The smallest of the growing steps, 2⁻³⁹ of the width, is less than half the distance of two doubles near 1. */
    @Test
    void the_ends_of_a_narrow_domain_are_left_out() {
        TimeDomain narrow = new TimeDomain(1, 1 + 1e-9);

        assertThat(DomainScan.of(narrow).first(t -> t <= narrow.from() || t >= narrow.to()))
                .isEmpty();
    }
}
