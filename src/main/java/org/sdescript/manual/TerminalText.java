package org.sdescript.manual;

import java.util.ArrayList;
import java.util.List;

/** Lays out the manual's Markdown for a terminal: fills paragraphs and lists, indents blocks of code. */
public final class TerminalText {
    private static final int WIDTH = 96;
    private static final String FENCE = "```";
    private static final String INDENT = "    ";

    private final List<String> lines = new ArrayList<>();
    private final List<String> paragraph = new ArrayList<>();
    private boolean inBlock;

    private TerminalText() {}

    public static String of(String markdown) {
        TerminalText text = new TerminalText();
        markdown.lines().forEach(text::line);
        text.fill();
        return String.join("\n", text.lines).strip();
    }

    /** Fills words after a beginning; further lines are indented by the width of the beginning. */
    static String hanging(String beginning, String words) {
        List<String> filled = filled(words, Math.max(WIDTH - beginning.length(), WIDTH / 3));
        return beginning + String.join("\n" + " ".repeat(beginning.length()), filled);
    }

    private void line(String line) {
        if (line.startsWith(FENCE)) {
            fill();
            inBlock = !inBlock;
        } else if (inBlock) {
            lines.add(line.isEmpty() ? "" : INDENT + line);
        } else if (line.startsWith("#")) {
            fill();
            lines.add(line.replaceFirst("^#+ ", ""));
        } else if (line.isBlank()) {
            fill();
            if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
                lines.add("");
            }
        } else if (!line.startsWith("<!--")) {
            if (line.startsWith("- ")) {
                fill();
            }
            paragraph.add(line.strip());
        }
    }

    private void fill() {
        if (paragraph.isEmpty()) {
            return;
        }
        String words = String.join(" ", paragraph);
        paragraph.clear();
        if (words.startsWith("- ")) {
            lines.addAll(hanging("  - ", words.substring(2)).lines().toList());
        } else {
            lines.addAll(filled(words, WIDTH));
        }
    }

    private static List<String> filled(String words, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
