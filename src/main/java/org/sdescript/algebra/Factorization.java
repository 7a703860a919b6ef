package org.sdescript.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr.Num;

/**
 * A polynomial with rational coefficients as a product of powers: its rational roots are split off, multiple factors
 * found by gcd(p, p′). The remaining factors may be of any degree.
 */
record Factorization(Expr leading, List<Factor> factors) {
    /** The factor base^power; the leading coefficient of the base is 1. */
    record Factor(Polynomial base, int power) {}

    private static final BigInteger LARGEST_SEARCHED = BigInteger.valueOf(1_000_000);
    private static final int MOST_CANDIDATES = 4000;

    static Factorization of(Polynomial p) {
        Expr leading = p.coefficient(p.degree());
        List<Factor> factors = new ArrayList<>();
        Polynomial rest = p.times(leading.pow(-1));
        Polynomial repeated = rest.gcd(rest.derivative());
        Polynomial distinct = rest.by(repeated).quotient();
        for (int power = 1; distinct.degree() > 0; power++) {
            Polynomial next = distinct.gcd(repeated);
            split(distinct.by(next).quotient(), power, factors);
            repeated = repeated.by(next).quotient();
            distinct = next;
        }
        return new Factorization(leading, factors);
    }

    private static void split(Polynomial simple, int power, List<Factor> into) {
        Polynomial rest = simple;
        Optional<Rational> root = root(rest);
        while (rest.degree() > 1 && root.isPresent()) {
            Polynomial line = Polynomial.of(rest.symbol().minus(Expr.of(root.get())), rest.symbol())
                    .orElseThrow();
            into.add(new Factor(line, power));
            rest = rest.by(line).quotient();
            root = root(rest);
        }
        if (rest.degree() > 0) {
            into.add(new Factor(rest, power));
        }
    }

    /**
     * Finds a rational root p/q: p divides the last coefficient and q the first, after scaling to whole coefficients.
     */
    private static Optional<Rational> root(Polynomial p) {
        if (p.degree() < 2) {
            return Optional.empty();
        }
        if (p.coefficient(0).isZero()) {
            return Optional.of(Rational.ZERO);
        }
        Rational content = Rational.ZERO;
        for (Expr c : p.coefficients().values()) {
            content = content.gcd(((Num) c).value());
        }
        List<BigInteger> above = divisors(
                ((Num) p.coefficient(0)).value().over(content).numerator().abs());
        List<BigInteger> below = divisors(((Num) p.coefficient(p.degree()))
                .value()
                .over(content)
                .numerator()
                .abs());
        if ((long) above.size() * below.size() > MOST_CANDIDATES) {
            return Optional.empty();
        }
        for (BigInteger n : above) {
            for (BigInteger d : below) {
                for (Rational candidate : List.of(new Rational(n, d), new Rational(n.negate(), d))) {
                    if (value(p, candidate).isZero()) {
                        return Optional.of(candidate);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Rational value(Polynomial p, Rational x) {
        Rational value = Rational.ZERO;
        for (int n = p.degree(); n >= 0; n--) {
            value = value.times(x).plus(((Num) p.coefficient(n)).value());
        }
        return value;
    }

    private static List<BigInteger> divisors(BigInteger n) {
        List<BigInteger> found = new ArrayList<>();
        BigInteger top = n.sqrt().min(LARGEST_SEARCHED);
        for (BigInteger d = BigInteger.ONE; d.compareTo(top) <= 0; d = d.add(BigInteger.ONE)) {
            if (n.mod(d).signum() == 0) {
                found.add(d);
                found.add(n.divide(d));
            }
        }
        return found;
    }
}
