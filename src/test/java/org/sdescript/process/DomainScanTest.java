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

    /** The smallest of the growing steps, 2⁻³⁹ of the width, is less than half the distance of two doubles near 1. */
    @Test
    void the_ends_of_a_narrow_domain_are_left_out() {
        TimeDomain narrow = new TimeDomain(1, 1 + 1e-9);

        assertThat(DomainScan.of(narrow).first(t -> t <= narrow.from() || t >= narrow.to()))
                .isEmpty();
    }
}
