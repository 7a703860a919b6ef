package org.sdescript.pipeline;

import java.util.Arrays;

/** c₀ + c₁ x + Σ γₖ zₖ in what a sampling starts from and the noises that it draws: what an affine sampler makes of them. */
record LinearForm(double[] coefficients) {

    static LinearForm constant(double value, int length) {
        return unit(0, length).times(value);
    }

    /** The coefficient at this place is 1, the others are 0. */
    static LinearForm unit(int place, int length) {
        double[] coefficients = new double[length];
        coefficients[place] = 1;
        return new LinearForm(coefficients);
    }

    int length() {
        return coefficients.length;
    }

    LinearForm plus(LinearForm other) {
        double[] sum = coefficients.clone();
        Arrays.setAll(sum, i -> sum[i] + other.coefficients[i]);
        return new LinearForm(sum);
    }

    LinearForm plus(double value) {
        return plus(constant(value, length()));
    }

    LinearForm minus(LinearForm other) {
        return plus(other.times(-1));
    }

    LinearForm times(double factor) {
        return new LinearForm(Arrays.stream(coefficients).map(c -> c * factor).toArray());
    }

    /** The standard deviation where x has that of the prior and the noises are standard normal. */
    double std(double prior) {
        double variance = Math.pow(coefficients[1] * prior, 2);
        for (int k = 2; k < length(); k++) {
            variance += coefficients[k] * coefficients[k];
        }
        return Math.sqrt(variance);
    }
}
