package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sdescript.graph.Shape;

class RandomStreamTest {
    private static final int MANY = 200_000;

    @Test
    void philox_gives_the_known_answers_of_its_authors() {
        // Random123, kat_vectors: philox4x32 10
        assertThat(philox(0, 0, 0)).containsExactly(0xe169c58d_6627e8d5L, 0x9b00dbd8_bc57ac4cL);
        assertThat(philox(-1, -1, -1)).containsExactly(0x41c83b0e_408f276dL, 0x6d5451fd_a20bc7c6L);
        assertThat(philox(0x85a308d3_243f6a88L, 0x03707344_13198a2eL, 0x299f31d0_a4093822L))
                .containsExactly(0x94fdcceb_d16cfe09L, 0x24126ea1_5001e420L);
    }

    private static long[] philox(long low, long high, long key) {
        Philox philox = new Philox();
        philox.counter(0, low, high);
        philox.encrypt(1, key);
        return new long[] {philox.low(0), philox.high(0)};
    }

    @Test
    void logarithm_sine_and_cosine_are_right_to_two_units_in_the_last_place() {
        for (double u : new RandomStream(3).uniform(Shape.of(20_000))) {
            double x = Math.max(u, 0x1p-53) * (u < 0.1 ? 1e-12 : 1);
            double exact = StrictMath.log(x);
            assertThat(Math.abs(BoxMuller.log(x) - exact)).isLessThanOrEqualTo(Math.ulp(exact));
            double angle = (u - 0.5) * Math.PI / 2;
            assertThat(Math.abs(BoxMuller.sin(angle) - StrictMath.sin(angle))).isLessThanOrEqualTo(0x1p-53);
            assertThat(Math.abs(BoxMuller.cos(angle) - StrictMath.cos(angle))).isLessThanOrEqualTo(0x1p-52);
        }
        assertThat(BoxMuller.log(1)).isZero();
        assertThat(BoxMuller.log(0x1p-53)).isEqualTo(StrictMath.log(0x1p-53));
    }

    @Test
    void normal_numbers_have_the_moments_and_tails_of_the_normal_distribution() {
        double[] z = new RandomStream(1).normal(Shape.of(MANY / 4, 4));
        // Standard deviations of the sample moments are √(1/n), √(2/n), √(15/n), √(96/n); five of each are allowed.
        double unit = 5 / Math.sqrt(MANY);
        assertThat(moment(z, 1)).isCloseTo(0, within(unit));
        assertThat(moment(z, 2)).isCloseTo(1, within(unit * Math.sqrt(2)));
        assertThat(moment(z, 3)).isCloseTo(0, within(unit * Math.sqrt(15)));
        assertThat(moment(z, 4)).isCloseTo(3, within(unit * Math.sqrt(96)));
        assertThat(fraction(z, 1)).isCloseTo(0.317311, within(unit * 0.47));
        assertThat(fraction(z, 3)).isCloseTo(0.0026998, within(unit * 0.052));
        assertThat(correlation(z, 1)).isCloseTo(0, within(unit));
        assertThat(correlation(z, 4)).isCloseTo(0, within(unit));
    }

    @Test
    void uniform_numbers_fill_the_unit_interval() {
        double[] u = new RandomStream(2).uniform(Shape.of(MANY));
        assertThat(Arrays.stream(u)).allMatch(x -> x >= 0 && x < 1);
        assertThat(moment(u, 1)).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / MANY)));
        assertThat(moment(u, 2)).isCloseTo(1 / 3.0, within(5 * Math.sqrt(4 / 45.0 / MANY)));
    }

    @Test
    void a_sample_has_its_noise_whatever_the_batch() {
        RandomStream whole = new RandomStream(9);
        RandomStream head = new RandomStream(9).forSamples(0);
        RandomStream tail = new RandomStream(9).forSamples(7);
        for (int draw = 0; draw < 3; draw++) {
            double[] all = whole.normal(Shape.of(10, 3));
            assertThat(head.normal(Shape.of(7, 3))).isEqualTo(Arrays.copyOf(all, 21));
            assertThat(tail.normal(Shape.of(3, 3))).isEqualTo(Arrays.copyOfRange(all, 21, 30));
        }
        assertThat(whole.draws()).isEqualTo(3);
        assertThat(tail.draws()).isEqualTo(3);
    }

    @Test
    void draws_seeds_and_splits_are_independent() {
        RandomStream stream = new RandomStream(4);
        double[] first = stream.normal(Shape.of(MANY));
        double[] second = stream.normal(Shape.of(MANY));
        double[] split = stream.split(0).normal(Shape.of(MANY));
        double[] other = stream.split(1).normal(Shape.of(MANY));
        double[] neighbour = new RandomStream(5).normal(Shape.of(MANY));
        double bound = 5 / Math.sqrt(MANY);
        assertThat(covariance(first, second)).isCloseTo(0, within(bound));
        assertThat(covariance(first, split)).isCloseTo(0, within(bound));
        assertThat(covariance(split, other)).isCloseTo(0, within(bound));
        assertThat(covariance(first, neighbour)).isCloseTo(0, within(bound));
        assertThat(new RandomStream(4).split(1).normal(Shape.of(MANY))).isEqualTo(other);
    }

    @Test
    void whole_numbers_are_even_and_below_their_bound() {
        long[] values = new RandomStream(6).integers(MANY, 10);
        long[] counts = new long[10];
        Arrays.stream(values).forEach(v -> counts[(int) v]++);
        double deviation = Math.sqrt(MANY * 0.1 * 0.9);
        assertThat(Arrays.stream(counts).asDoubleStream())
                .allSatisfy(count -> assertThat(count).isCloseTo(MANY / 10.0, within(5 * deviation)));
    }

    @Test
    void a_permutation_has_each_number_once_and_moves_them() {
        int[] order = new RandomStream(8).permutation(1000);
        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1000).toArray());
        // The count of fixed points is Poisson with mean 1.
        assertThat(IntStream.range(0, 1000).filter(i -> order[i] == i).count()).isLessThan(10);
        assertThat(new RandomStream(8).permutation(0)).isEmpty();
    }

    @Test
    void the_numbers_never_change() {
        assertThat(new RandomStream(0).normal(Shape.of(1, 2)))
                .containsExactly(-0.5006761610019975, 0.06171066518128883);
    }

    private static double moment(double[] values, int power) {
        return Arrays.stream(values).map(v -> Math.pow(v, power)).average().orElseThrow();
    }

    private static double fraction(double[] values, double beyond) {
        return Arrays.stream(values).filter(v -> Math.abs(v) > beyond).count() / (double) values.length;
    }

    private static double correlation(double[] values, int lag) {
        return IntStream.range(0, values.length - lag)
                .mapToDouble(i -> values[i] * values[i + lag])
                .average()
                .orElseThrow();
    }

    private static double covariance(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> a[i] * b[i])
                .average()
                .orElseThrow();
    }
}
