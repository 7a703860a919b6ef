package org.sdescript.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.sdescript.source.Source;

/** Reads the {@code ##} lines directly above a declaration. */
final class DocText {
    private DocText() {}

    static Optional<String> above(Source source, int declaration) {
        int own = source.line(declaration);
        if (!source.text().substring(source.lineStart(own), declaration).isBlank()) {
            return Optional.empty();
        }
        Deque<String> lines = new ArrayDeque<>();
        for (int line = own - 1; line >= 1; line--) {
            String text = source.lineText(line).strip();
            if (!text.startsWith("##")) {
                break;
            }
            lines.addFirst(text.substring(text.startsWith("## ") ? 3 : 2));
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
    }
}
