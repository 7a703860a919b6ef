package org.sdescript.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Elementary functions of decimals: the argument is reduced, then the series is summed with guard digits. */
final class DecimalFunctions {
    private static final BigDecimal TWO = BigDecimal.TWO;
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal ERF_TAIL = BigDecimal.valueOf(16);
    private static final BigDecimal LARGEST_ARGUMENT = BigDecimal.valueOf(100_000);
    private static final int GUARD = 12;
    private static final int HALVINGS = 6;

    private final MathContext context;
    private final MathContext guarded;
    private final BigDecimal epsilon;
    private final BigDecimal pi;
    private final BigDecimal log10;

    /** Cached by precision, since the constants are slow to compute. */
    private static final Map<Integer, DecimalFunctions> KNOWN = new ConcurrentHashMap<>();

    static DecimalFunctions of(int precision) {
        return KNOWN.computeIfAbsent(
                precision, its -> new DecimalFunctions(new MathContext(its, RoundingMode.HALF_EVEN)));
    }

    private DecimalFunctions(MathContext context) {
        this.context = context;
        this.guarded = new MathContext(context.getPrecision() + GUARD, RoundingMode.HALF_EVEN);
        this.epsilon = BigDecimal.ONE.movePointLeft(context.getPrecision() + GUARD);
        this.pi = machin();
        this.log10 = logarithmOfTen();
    }

    MathContext context() {
        return context;
    }

    BigDecimal pi() {
        return pi;
    }

    BigDecimal of(Rational q) {
        return new BigDecimal(q.numerator()).divide(new BigDecimal(q.denominator()), context);
    }

    /** Returns π by Machin's formula π/4 = 4 atan(1/5) − atan(1/239). */
    private BigDecimal machin() {
        BigDecimal quarter =
                series(inverse(5), false).multiply(BigDecimal.valueOf(4)).subtract(series(inverse(239), false));
        return quarter.multiply(BigDecimal.valueOf(4)).round(guarded);
    }

    private BigDecimal inverse(long n) {
        return BigDecimal.ONE.divide(BigDecimal.valueOf(n), guarded);
    }

    /** Returns x ∓ x³/3 + x⁵/5 ∓ …: the inverse tangent, or the inverse hyperbolic tangent. */
    private BigDecimal series(BigDecimal x, boolean hyperbolic) {
        BigDecimal square = x.multiply(x, guarded);
        BigDecimal power = x;
        BigDecimal total = x;
        for (int n = 3; power.abs().compareTo(epsilon.multiply(x.abs())) > 0; n += 2) {
            power = power.multiply(hyperbolic ? square : square.negate(), guarded);
            total = total.add(power.divide(BigDecimal.valueOf(n), guarded), guarded);
        }
        return total;
    }

    BigDecimal exp(BigDecimal x) {
        if (x.abs().compareTo(LARGEST_ARGUMENT) > 0) {
            throw new ArithmeticException("exp(" + x + ") is too large");
        }
        BigInteger k = x.divide(log10, 0, RoundingMode.HALF_EVEN).toBigInteger();
        BigDecimal r = x.subtract(log10.multiply(new BigDecimal(k)), guarded);
        return expm1Series(r.divide(BigDecimal.valueOf(1L << HALVINGS), guarded))
                .add(BigDecimal.ONE)
                .pow(1 << HALVINGS, guarded)
                .scaleByPowerOfTen(k.intValueExact())
                .round(context);
    }

    private BigDecimal expm1Series(BigDecimal r) {
        BigDecimal term = r;
        BigDecimal total = r;
        for (int n = 2; term.abs().compareTo(epsilon.multiply(r.abs())) > 0; n++) {
            term = term.multiply(r).divide(BigDecimal.valueOf(n), guarded);
            total = total.add(term, guarded);
        }
        return total;
    }

    BigDecimal expm1(BigDecimal x) {
        return x.abs().compareTo(BigDecimal.ONE) < 0
                ? expm1Series(x).round(context)
                : exp(x).subtract(BigDecimal.ONE, context);
    }

    /** Returns log 10 = 46 atanh(1/31) + 34 atanh(1/49) + 20 atanh(1/161). */
    private BigDecimal logarithmOfTen() {
        return series(inverse(31), true)
                .multiply(BigDecimal.valueOf(46))
                .add(series(inverse(49), true).multiply(BigDecimal.valueOf(34)))
                .add(series(inverse(161), true).multiply(BigDecimal.valueOf(20)));
    }

    BigDecimal log(BigDecimal x) {
        if (x.signum() <= 0) {
            throw new ArithmeticException("logarithm of " + x);
        }
        int exponent = x.precision() - x.scale() - 1;
        if (exponent == 0 || exponent == -1) {
            return logNearOne(x).round(context);
        }
        return logNearOne(x.scaleByPowerOfTen(-exponent)).add(log10.multiply(BigDecimal.valueOf(exponent)), context);
    }

    /** Takes square roots until the series of 2 atanh((x − 1)/(x + 1)) converges fast. */
    private BigDecimal logNearOne(BigDecimal x) {
        BigDecimal root = x;
        int doubled = 1;
        while (root.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("0.1")) > 0) {
            root = root.sqrt(guarded);
            doubled *= 2;
        }
        BigDecimal ratio = root.subtract(BigDecimal.ONE).divide(root.add(BigDecimal.ONE), guarded);
        return ratio.signum() == 0 ? BigDecimal.ZERO : series(ratio, true).multiply(BigDecimal.valueOf(2L * doubled));
    }

    BigDecimal log1p(BigDecimal x) {
        return x.abs().compareTo(new BigDecimal("0.1")) < 0 && x.signum() != 0
                ? series(x.divide(x.add(TWO), guarded), true).multiply(TWO, context)
                : log(x.add(BigDecimal.ONE));
    }

    BigDecimal power(BigDecimal base, Rational exponent) {
        if (base.signum() == 0) {
            if (exponent.signum() < 0) {
                throw new ArithmeticException("division by zero");
            }
            return BigDecimal.ZERO;
        }
        if (exponent.isSmallInteger()) {
            BigDecimal raised = base.pow(Math.abs(exponent.intValue()), guarded);
            return exponent.signum() < 0 ? BigDecimal.ONE.divide(raised, context) : raised.round(context);
        }
        if (exponent.equals(Rational.HALF)) {
            return base.sqrt(context);
        }
        return exp(log(base).multiply(of(exponent)));
    }

    BigDecimal sin(BigDecimal x) {
        return cos(x.subtract(pi.multiply(HALF)));
    }

    /** Returns cos(x): the argument is reduced by quarter turns, the rest evaluated by the series of sine or cosine. */
    BigDecimal cos(BigDecimal x) {
        if (x.abs().compareTo(LARGEST_ARGUMENT) > 0) {
            throw new ArithmeticException("an angle of " + x);
        }
        BigDecimal quarter = pi.multiply(HALF);
        BigInteger k = x.divide(quarter, 0, RoundingMode.HALF_EVEN).toBigInteger();
        BigDecimal r = x.subtract(quarter.multiply(new BigDecimal(k)));
        BigDecimal value =
                switch (k.mod(BigInteger.valueOf(4)).intValue()) {
                    case 0 -> wave(r, false);
                    case 1 -> wave(r, true).negate();
                    case 2 -> wave(r, false).negate();
                    default -> wave(r, true);
                };
        return value.round(context);
    }

    private BigDecimal wave(BigDecimal r, boolean sine) {
        BigDecimal square = r.multiply(r, guarded).negate();
        BigDecimal term = sine ? r : BigDecimal.ONE;
        BigDecimal total = term;
        BigDecimal least = epsilon.multiply(term.abs());
        for (int n = sine ? 2 : 1; term.abs().compareTo(least) > 0; n += 2) {
            term = term.multiply(square).divide(BigDecimal.valueOf((long) n * (n + 1)), guarded);
            total = total.add(term, guarded);
        }
        return total;
    }

    BigDecimal sinh(BigDecimal x) {
        BigDecimal less = expm1(x);
        return less.add(less.divide(less.add(BigDecimal.ONE), guarded)).multiply(HALF, context);
    }

    BigDecimal cosh(BigDecimal x) {
        BigDecimal e = exp(x);
        return e.add(BigDecimal.ONE.divide(e, guarded)).multiply(HALF, context);
    }

    BigDecimal atan(BigDecimal x) {
        BigDecimal reduced = x;
        for (int i = 0; i < HALVINGS; i++) {
            BigDecimal root = reduced.multiply(reduced).add(BigDecimal.ONE).sqrt(guarded);
            reduced = reduced.divide(root.add(BigDecimal.ONE), guarded);
        }
        return reduced.signum() == 0
                ? BigDecimal.ZERO
                : series(reduced, false).multiply(BigDecimal.valueOf(1L << HALVINGS), context);
    }

    /** Returns 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹/(2n+1)!!; all terms have the same sign. */
    BigDecimal erf(BigDecimal x) {
        if (x.abs().compareTo(ERF_TAIL) > 0) {
            return BigDecimal.valueOf(x.signum());
        }
        BigDecimal square = x.multiply(x, guarded).multiply(TWO);
        BigDecimal term = x;
        BigDecimal total = x;
        for (int n = 3; term.abs().compareTo(epsilon.multiply(total.abs())) > 0; n += 2) {
            term = term.multiply(square).divide(BigDecimal.valueOf(n), guarded);
            total = total.add(term, guarded);
        }
        BigDecimal height = exp(x.multiply(x).negate()).multiply(TWO).divide(pi.sqrt(guarded), guarded);
        return total.multiply(height, context);
    }
}
