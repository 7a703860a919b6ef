package org.sdescript.cli;

/**
 * The result of one check of {@code sde doctor}.
 *
 * @param subject the thing checked: {@code memory}
 * @param told the state found
 * @param cure the remedy; empty if none is needed
 */
record CheckResult(Grade grade, String subject, String told, String cure) {
    enum Grade {
        GOOD,
        /** Usable, but could be better. */
        ADVICE,
        TROUBLE
    }

    static CheckResult good(String subject, String told) {
        return new CheckResult(Grade.GOOD, subject, told, "");
    }

    static CheckResult advice(String subject, String told, String cure) {
        return new CheckResult(Grade.ADVICE, subject, told, cure);
    }

    static CheckResult trouble(String subject, String told, String cure) {
        return new CheckResult(Grade.TROUBLE, subject, told, cure);
    }

    String text() {
        String mark =
                switch (grade) {
                    case GOOD -> "ok      ";
                    case ADVICE -> "advice  ";
                    case TROUBLE -> "trouble ";
                };
        String line = mark + subject + " ".repeat(Math.max(1, 9 - subject.length())) + told;
        return cure.isEmpty() ? line : line + System.lineSeparator() + " ".repeat(17) + "→ " + cure;
    }
}
