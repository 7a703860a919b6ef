package org.sdescript.data;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.exp;
import static java.lang.Math.floor;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;

import java.util.random.RandomGenerator;
import org.sdescript.interrupt.StopRequest;

/**
 * Two-dimensional benchmark distributions for generative models, as defined by scikit-learn (moons) and FFJORD
 * (Grathwohl et al. 2019, the others). Points are independent, so that the distance between two draws is due to
 * chance alone; {@code noise} is a standard deviation in the units of the result.
 */
public final class PointSets {
    private static final double PINWHEEL_RADIAL_STD = 0.3;
    private static final double PINWHEEL_TANGENTIAL_STD = 0.1;
    private static final double PINWHEEL_RATE = 0.25;

    private PointSets() {}

    /** Draws one point of component {@code label} into {@code p[0]} and {@code p[1]}. */
    @FunctionalInterface
    private interface Component {
        void draw(int label, double[] p);
    }

    /** Two interleaved half circles of radius 1: the upper centred at (0, 0), the lower at (1, ½). */
    public static Points moons(int n, double noise, RandomGenerator random) {
        return draw(n, 2, noise, random, (moon, p) -> {
            double angle = PI * random.nextDouble();
            p[0] = moon == 0 ? cos(angle) : 1 - cos(angle);
            p[1] = moon == 0 ? sin(angle) : 0.5 - sin(angle);
        });
    }

    /** The spiral r = φ/5 for φ from 1.5π to 4.5π; usual noise 0.2. */
    public static Points swissRoll(int n, double noise, RandomGenerator random) {
        return draw(n, 1, noise, random, (only, p) -> {
            double angle = 1.5 * PI * (1 + 2 * random.nextDouble());
            p[0] = angle * cos(angle) / 5;
            p[1] = angle * sin(angle) / 5;
        });
    }

    /** Alternate squares of side 2 in [−4, 4]², eight of sixteen, including the one at the lower left. */
    public static Points checkerboard(int n, RandomGenerator random) {
        return draw(n, 8, 0, random, (square, p) -> {
            int column = square / 2;
            int row = 2 * (square % 2) + column % 2;
            p[0] = 2 * (column - 2 + random.nextDouble());
            p[1] = 2 * (row - 2 + random.nextDouble());
        });
    }

    /** Four concentric circles of radii ¾, 1½, 2¼ and 3; usual noise 0.08. */
    public static Points rings(int n, double noise, RandomGenerator random) {
        return draw(n, 4, noise, random, (ring, p) -> {
            double angle = 2 * PI * random.nextDouble();
            p[0] = 0.75 * (ring + 1) * cos(angle);
            p[1] = 0.75 * (ring + 1) * sin(angle);
        });
    }

    /** Two arms of a spiral of one and a half turns, denser outwards; usual noise 0.1. */
    public static Points spirals(int n, double noise, RandomGenerator random) {
        return draw(n, 2, noise, random, (arm, p) -> {
            double angle = 3 * PI * sqrt(random.nextDouble());
            double side = arm == 0 ? 1 : -1;
            p[0] = side * (-cos(angle) * angle + 0.5 * random.nextDouble()) / 3;
            p[1] = side * (sin(angle) * angle + 0.5 * random.nextDouble()) / 3;
        });
    }

    /** Five elongated Gaussians, bent around the centre, more so farther out (Johnson et al. 2016). */
    public static Points pinwheel(int n, RandomGenerator random) {
        return draw(n, 5, 0, random, (blade, p) -> {
            double along = 1 + PINWHEEL_RADIAL_STD * random.nextGaussian();
            double across = PINWHEEL_TANGENTIAL_STD * random.nextGaussian();
            double angle = 2 * PI * blade / 5 + PINWHEEL_RATE * exp(along);
            p[0] = 2 * (along * cos(angle) + across * sin(angle));
            p[1] = 2 * (across * cos(angle) - along * sin(angle));
        });
    }

    /** Eight equal Gaussians on a circle, the first on the x axis; usual radius 2, std 0.1. */
    public static Points eightGaussians(int n, double radius, double std, RandomGenerator random) {
        return draw(n, 8, std, random, (mode, p) -> {
            p[0] = radius * cos(PI / 4 * mode);
            p[1] = radius * sin(PI / 4 * mode);
        });
    }

    private static Points draw(int n, int components, double noise, RandomGenerator random, Component component) {
        double[] xy = new double[2 * n];
        int[] labels = new int[n];
        double[] p = new double[2];
        for (int i = 0; i < n; i++) {
            StopRequest.poll();
            labels[i] = (int) floor(components * random.nextDouble());
            component.draw(labels[i], p);
            xy[2 * i] = p[0] + noise * random.nextGaussian();
            xy[2 * i + 1] = p[1] + noise * random.nextGaussian();
        }
        return new Points(xy, labels);
    }
}
