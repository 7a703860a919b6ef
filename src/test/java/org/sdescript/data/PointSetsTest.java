package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The average of n draws with standard deviation s deviates from its mean by more than 5 s/√n only once in two
 * million.
 */
class PointSetsTest {
    private static final int N = 20_000;

    private final RandomGenerator random = new Random(11);

    @Test
    void moons_without_noise_lie_on_two_half_circles() {
        Points moons = PointSets.moons(N, 0, random);
        for (int i = 0; i < N; i++) {
            boolean upper = moons.labels()[i] == 0;
            double x = moons.x(i) - (upper ? 0 : 1);
            double y = moons.y(i) - (upper ? 0 : 0.5);
            assertThat(Math.hypot(x, y)).isCloseTo(1, within(1e-12));
            assertThat(upper ? y : -y).isGreaterThanOrEqualTo(-1e-12);
        }
        // uniform angle: E x = ½, and x has a standard deviation below 1. E y = ½(2/π) + ½(½ − 2/π) = ¼
        assertThat(mean(moons, moons::x)).isCloseTo(0.5, within(5 / Math.sqrt(N)));
        assertThat(mean(moons, moons::y)).isCloseTo(0.25, within(5 / Math.sqrt(N)));
    }

    @Test
    void noise_is_a_standard_deviation() {
        Points moons = PointSets.moons(N, 0.05, random);
        double squares = mean(moons, i -> {
            boolean upper = moons.labels()[i] == 0;
            double radius = Math.hypot(moons.x(i) - (upper ? 0 : 1), moons.y(i) - (upper ? 0 : 0.5));
            return Math.pow(radius - 1, 2);
        });
        // the radial part is Gaussian up to order noise²; its square has the standard deviation √2 noise²
        assertThat(squares).isCloseTo(0.0025, within(0.0025 * (5 * Math.sqrt(2.0 / N) + 0.01)));
    }

    @Test
    void components_are_equally_likely() {
        Points modes = PointSets.eightGaussians(N, 2, 0.1, random);
        for (int mode = 0; mode < 8; mode++) {
            int wanted = mode;
            double share = mean(modes, i -> modes.labels()[i] == wanted ? 1 : 0);
            assertThat(share).isCloseTo(0.125, within(5 * Math.sqrt(0.125 * 0.875 / N)));
        }
    }

    @Test
    void eight_gaussians_stand_around_a_circle() {
        Points modes = PointSets.eightGaussians(N, 2, 0.1, random);
        double squares = mean(modes, i -> {
            double angle = Math.PI / 4 * modes.labels()[i];
            double x = modes.x(i) - 2 * Math.cos(angle);
            double y = modes.y(i) - 2 * Math.sin(angle);
            return x * x + y * y;
        });
        // χ² with two degrees of freedom: mean 2σ², standard deviation 2σ²
        assertThat(squares).isCloseTo(0.02, within(5 * 0.02 / Math.sqrt(N)));
    }

    @Test
    void a_checkerboard_leaves_every_other_square_empty() {
        Points board = PointSets.checkerboard(N, random);
        for (int i = 0; i < N; i++) {
            assertThat(board.x(i)).isBetween(-4.0, 4.0);
            assertThat(board.y(i)).isBetween(-4.0, 4.0);
            int squares = (int) Math.floor(board.x(i) / 2) + (int) Math.floor(board.y(i) / 2);
            assertThat(squares % 2).isZero();
        }
        assertThat(IntStream.of(board.labels()).distinct().count()).isEqualTo(8);
    }

    @Test
    void rings_have_their_radii() {
        Points rings = PointSets.rings(N, 0, random);
        for (int i = 0; i < N; i++) {
            assertThat(Math.hypot(rings.x(i), rings.y(i))).isCloseTo(0.75 * (rings.labels()[i] + 1), within(1e-12));
        }
    }

    @Test
    void a_swiss_roll_is_a_spiral() {
        Points roll = PointSets.swissRoll(N, 0, random);
        for (int i = 0; i < N; i++) {
            double radius = Math.hypot(roll.x(i), roll.y(i));
            assertThat(radius).isBetween(0.3 * Math.PI - 1e-12, 0.9 * Math.PI + 1e-12);
            assertThat(roll.x(i)).isCloseTo(radius * Math.cos(5 * radius), within(1e-10));
        }
    }

    @Test
    void the_arms_of_spirals_are_mirror_images() {
        Points arms = PointSets.spirals(N, 0, random);
        double sign = mean(arms, i -> arms.labels()[i] == 0 ? arms.x(i) : -arms.x(i));
        // the mean of two arms rotated onto each other equals that of one: E[−φ cos φ + ¼]/3 with φ = 3π√u: ∫ φ² cos
        // φ dφ over [0, 3π] = −6π, so −(2/9π²)(−6π) = 4/(3π), and the standard deviation is below 3
        assertThat(sign).isCloseTo((4 / (3 * Math.PI) + 0.25) / 3, within(5 * 3 / Math.sqrt(N)));
        assertThat(mean(arms, arms::x)).isCloseTo(0, within(5 * 3 / Math.sqrt(N)));
    }

    @Test
    void a_pinwheel_has_five_blades_at_distance_two() {
        Points wheel = PointSets.pinwheel(N, random);
        double squares = mean(wheel, i -> wheel.x(i) * wheel.x(i) + wheel.y(i) * wheel.y(i));
        // 4 (1 + 0.3² + 0.1²) = 4.4; the standard deviation of the square is slightly above 8 · 0.3 = 2.4
        assertThat(squares).isCloseTo(4.4, within(5 * 3 / Math.sqrt(N)));
        assertThat(IntStream.of(wheel.labels()).distinct().count()).isEqualTo(5);
        assertThat(mean(wheel, wheel::x)).isCloseTo(0, within(5 * 1.5 / Math.sqrt(N)));
    }

    @Test
    void one_seed_gives_one_set() {
        assertThat(PointSets.moons(100, 0.05, new Random(3)).xy())
                .containsExactly(PointSets.moons(100, 0.05, new Random(3)).xy());
    }

    private static double mean(Points points, IntToDoubleFunction value) {
        return IntStream.range(0, points.count()).mapToDouble(value).average().orElseThrow();
    }
}
