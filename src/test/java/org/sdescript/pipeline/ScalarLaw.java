package org.sdescript.pipeline;

import java.util.function.DoubleUnaryOperator;

/**
 * A linear process of one state with coefficients worked out by hand: dx = (f x + c) dt + g dw, and x(t) of N(a x(0) +
 * m, v).
 *
 * @param script the process in a script
 */
record ScalarLaw(
        String script,
        double tMin,
        double tMax,
        double prior,
        DoubleUnaryOperator f,
        DoubleUnaryOperator c,
        DoubleUnaryOperator rate,
        DoubleUnaryOperator a,
        DoubleUnaryOperator m,
        DoubleUnaryOperator v) {

    private static double beta(double t) {
        return 0.1 + 19.9 * t;
    }

    private static double integral(double t) {
        return t * (0.1 + 9.95 * t);
    }

    static ScalarLaw vp() {
        return new ScalarLaw(
                "VP()",
                1e-5,
                1,
                Math.sqrt(-Math.expm1(-integral(1))),
                t -> -beta(t) / 2,
                t -> 0,
                ScalarLaw::beta,
                t -> Math.exp(-integral(t) / 2),
                t -> 0,
                t -> -Math.expm1(-integral(t)));
    }

    static ScalarLaw subVp() {
        return new ScalarLaw(
                "SubVP()",
                1e-5,
                1,
                -Math.expm1(-integral(1)),
                t -> -beta(t) / 2,
                t -> 0,
                t -> beta(t) * -Math.expm1(-2 * integral(t)),
                t -> Math.exp(-integral(t) / 2),
                t -> 0,
                t -> Math.pow(Math.expm1(-integral(t)), 2));
    }

    /** σ = 0.01 · 5000ᵗ. */
    static ScalarLaw ve() {
        double growth = 2 * Math.log(5000);
        return new ScalarLaw(
                "VE()",
                1e-5,
                1,
                50,
                t -> 0,
                t -> 0,
                t -> 1e-4 * growth * Math.exp(growth * t),
                t -> 1,
                t -> 0,
                t -> 1e-4 * Math.expm1(growth * t));
    }

    /** Pulled to 2 at the rate 1.5 with noise 0.8. */
    static ScalarLaw ornsteinUhlenbeck() {
        double stationary = 0.64 / 3;
        return new ScalarLaw(
                "OrnsteinUhlenbeck(theta = 1.5, mu = 2, sigma = 0.8)",
                1e-5,
                3,
                Math.sqrt(-stationary * Math.expm1(-9)),
                t -> -1.5,
                t -> 3,
                t -> 0.64,
                t -> Math.exp(-1.5 * t),
                t -> -2 * Math.expm1(-1.5 * t),
                t -> -stationary * Math.expm1(-3 * t));
    }

    /** σ = t up to 80, with scale 1. */
    static ScalarLaw karras() {
        return new ScalarLaw("Karras()", 0.002, 80, 80, t -> 0, t -> 0, t -> 2 * t, t -> 1, t -> 0, t -> t * t);
    }

    /** dx = (1 − x)/(1 + t) dt + 2/√(1 + t) dw: a = 1/(1 + t), v = a² ∫ 4 (1 + s) ds. */
    static ScalarLaw invented() {
        return new ScalarLaw(
                "Invented()",
                1e-4,
                3,
                Math.sqrt(2 * (1 - 1 / 16.0)),
                t -> -1 / (1 + t),
                t -> 1 / (1 + t),
                t -> 4 / (1 + t),
                t -> 1 / (1 + t),
                t -> t / (1 + t),
                t -> 2 * t * (2 + t) / Math.pow(1 + t, 2));
    }

    static final String INVENTED = """
            sde Invented {
              t in [1e-4, 3]
              dx = (1 - x)/(1 + t) dt + 2/sqrt(1 + t) dw
            }
            """;

    /** The noise relative to the signal. */
    double sigma(double t) {
        return Math.sqrt(v.applyAsDouble(t)) / a.applyAsDouble(t);
    }
}
