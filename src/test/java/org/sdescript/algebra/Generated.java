package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sdescript.algebra.Condition.Relation;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;

/** Seeded random expressions as a user would write them, not canonical. */
final class Generated {
    static final Symbol X = Expr.symbol("x");
    static final Symbol Y = Expr.symbol("y");
    static final Symbol T = Expr.symbol("t");
    static final Symbol[] SYMBOLS = {X, Y, T};

    private static final Elementary[] FUNCTIONS = {
        Elementary.EXP,
        Elementary.LOG,
        Elementary.SIN,
        Elementary.COS,
        Elementary.TAN,
        Elementary.SINH,
        Elementary.COSH,
        Elementary.TANH,
        Elementary.ATAN,
        Elementary.ERF,
        Elementary.ABS
    };

    private static final Relation[] RELATIONS = {Relation.POSITIVE, Relation.NON_NEGATIVE};

    private final Random random;

    Generated(long seed) {
        random = new Random(seed);
    }

    Expr written(int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf();
        }
        return switch (random.nextInt(11)) {
            case 0, 1, 2, 3 -> new Sum(several(depth));
            case 4, 5 -> new Product(several(depth));
            case 6, 7 -> new Power(written(depth - 1), new Num(exponent()));
            case 8 ->
                new Choice(
                        new Condition(RELATIONS[random.nextInt(2)], written(depth - 1)),
                        written(depth - 1),
                        written(depth - 1));
            default -> new Apply(FUNCTIONS[random.nextInt(FUNCTIONS.length)], written(depth - 1));
        };
    }

    /** Returns an expression in canonical form; redraws if one divides by zero. */
    Expr canonical(int depth) {
        while (true) {
            try {
                return canonical(written(depth));
            } catch (ArithmeticException undefined) {
                continue;
            }
        }
    }

    static Expr canonical(Expr written) {
        return written.mapChildren(Generated::canonical);
    }

    double[] point() {
        return random.doubles(SYMBOLS.length, -2, 2).toArray();
    }

    private List<Expr> several(int depth) {
        List<Expr> parts = new ArrayList<>();
        for (int i = random.nextInt(2); i < 3; i++) {
            parts.add(written(depth - 1));
        }
        return parts;
    }

    private Expr leaf() {
        return random.nextInt(3) == 0
                ? new Num(Rational.of(random.nextInt(9) - 4, 1 + random.nextInt(3)))
                : SYMBOLS[random.nextInt(SYMBOLS.length)];
    }

    private Rational exponent() {
        Rational[] some = {
            Rational.of(2), Rational.of(3), Rational.MINUS_ONE, Rational.HALF, Rational.of(-1, 2), Rational.of(-2)
        };
        return some[random.nextInt(some.length)];
    }
}
