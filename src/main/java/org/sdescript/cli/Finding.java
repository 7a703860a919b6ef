package org.sdescript.cli;

/**
 * What {@code sde doctor} found of one thing.
 *
 * @param subject what was looked at: {@code memory}
 * @param told how it is
 * @param cure what to do about it; empty where all is well
 */
record Finding(Grade grade, String subject, String told, String cure) {
    enum Grade {
        GOOD,
        /** It works, and could be better. */
        ADVICE,
        TROUBLE
    }

    static Finding good(String subject, String told) {
        return new Finding(Grade.GOOD, subject, told, "");
    }

    static Finding advice(String subject, String told, String cure) {
        return new Finding(Grade.ADVICE, subject, told, cure);
    }

    static Finding trouble(String subject, String told, String cure) {
        return new Finding(Grade.TROUBLE, subject, told, cure);
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
