package org.sdescript.site;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths between files of the site, with slashes on every platform. */
final class SitePath {
    private SitePath() {}

    /** Returns the path in the repository of a link's target, without its anchor. */
    static String target(String from, String link) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder(from) + link).split("/")) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /** Returns the file of the site for a file of the repository. */
    static String file(String source) {
        return source.replaceFirst("^docs/", "")
                .replaceFirst("README\\.md$", "index.html")
                .replaceFirst("\\.(md|sde)$", ".html");
    }

    /** Returns the link from one file of the site to another. */
    static String between(String from, String to) {
        return root(from) + to;
    }

    /** Returns the link from a file of the site to the site's folder: empty, or {@code ../}. */
    static String root(String from) {
        return "../".repeat((int) from.chars().filter(c -> c == '/').count());
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
