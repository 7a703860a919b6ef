package org.sdescript.mutate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which tests judge a mutant, the likely and quick ones first, in groups that take longer and longer. */
final class TestOrder {
    private static final double[] GROUPS_S = {0.3, 2, 8, 30, 1e9};

    private final List<TestRun> runs;
    private final double most;

    /** The runs of all tests, and the most seconds of tests for one mutant. */
    TestOrder(List<TestRun> runs, double most) {
        this.runs = runs;
        this.most = most;
    }

    /** The seconds that all these tests took together when they ran with probes. */
    static double seconds(List<TestRun> tests) {
        return tests.stream().mapToLong(TestRun::micros).sum() / 1e6;
    }

    /** The tests that come by a mutant, those of its package first, as far as the time goes. */
    List<TestRun> tests(int number, Mutant mutant) {
        Comparator<TestRun> order = Comparator.comparing(t -> cost(t, mutant));
        List<TestRun> tests = new ArrayList<>();
        double left = most;
        for (TestRun test :
                runs.stream().filter(t -> t.mutants().get(number)).sorted(order).toList()) {
            left -= test.micros() / 1e6;
            if (left < 0 && !tests.isEmpty()) {
                return tests;
            }
            tests.add(test);
        }
        return tests;
    }

    private static double cost(TestRun test, Mutant mutant) {
        return test.micros() * (test.packageName().equals(mutant.packageName()) ? 0.1 : 1);
    }

    /** The lines for {@link Judge}: an empty one behind each group. */
    static List<String> lines(List<TestRun> tests) {
        List<String> lines = new ArrayList<>();
        double sum = 0;
        int group = 0;
        for (TestRun test : tests) {
            lines.add(test.id());
            sum += test.micros() / 1e6;
            if (sum > GROUPS_S[group]) {
                lines.add("");
                double reached = sum;
                group = IntStream.range(0, GROUPS_S.length)
                        .filter(i -> GROUPS_S[i] > reached)
                        .findFirst()
                        .orElse(GROUPS_S.length - 1);
            }
        }
        lines.add("");
        return lines;
    }
}
