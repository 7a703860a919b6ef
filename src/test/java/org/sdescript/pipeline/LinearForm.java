package org.sdescript.pipeline;

import java.util.Arrays;

/** c₀ + c₁ x + Σ γₖ zₖ in the start x and the noises zₖ: the result of an affine sampler. */
record LinearForm(double[] coefficients) {

    static LinearForm constant(double value, int length) {
        return unit(0, length).times(value);
    }

    /** The form with coefficient 1 at this place and 0 elsewhere. */
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

    /** The standard deviation for x with the prior's deviation and standard normal noises. */
    double std(double prior) {
        double variance = Math.pow(coefficients[1] * prior, 2);
        for (int k = 2; k < length(); k++) {
            variance += coefficients[k] * coefficients[k];
        }
        return Math.sqrt(variance);
    }
}
