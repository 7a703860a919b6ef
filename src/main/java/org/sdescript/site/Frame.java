package org.sdescript.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.algebra.MathMl;

/** The frame of every page: the search above, the list of pages beside. */
final class Frame {
    /** Marks the pages that the site may overwrite. */
    static final String MARK = "<meta name=\"generator\" content=\"sde doc\">";

    private final Map<String, Page> pages;
    private final Map<String, List<Page>> groups = new LinkedHashMap<>();

    /** @param start the page whose links, below its headings, are the groups of the navigation */
    Frame(Page start, Map<String, Page> pages) {
        this.pages = pages;
        start.links().forEach(link -> groups.computeIfAbsent(link.section(), title -> new java.util.ArrayList<>())
                .add(page(link.target())));
    }

    private Page page(String source) {
        Page page = pages.get(source);
        if (page == null) {
            throw new IllegalStateException("no page " + source);
        }
        return page;
    }

    String around(Page page) {
        String root = SitePath.root(page.file());
        String title = page.title().equals("Pages") ? "sde" : page.title() + " · sde";
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" + MARK + "\n<title>"
                + MathMl.escaped(title) + "</title>\n<link rel=\"stylesheet\" href=\"" + root + "site.css\">\n"
                + "</head>\n<body>\n<header>\n<a class=\"home\" href=\"" + root + "index.html\">sde</a>\n"
                + "<a class=\"menu\" href=\"#all-pages\">Pages</a>\n"
                + "<form role=\"search\" hidden><input type=\"search\" placeholder=\"Search\" aria-label=\"Search\">"
                + "<ol hidden></ol></form>\n</header>\n<main>\n"
                + page.body() + "</main>\n<nav id=\"all-pages\" aria-label=\"Pages\">\n" + navigation(page)
                + "</nav>\n<script src=\"" + root + "search.js\" data-root=\"" + root
                + "\"></script>\n</body>\n</html>\n";
    }

    private String navigation(Page current) {
        return groups.entrySet().stream()
                .map(group -> "<h2>" + MathMl.escaped(group.getKey()) + "</h2>\n<ul>\n"
                        + group.getValue().stream()
                                .map(page -> item(page, current))
                                .collect(Collectors.joining())
                        + "</ul>\n")
                .collect(Collectors.joining());
    }

    /** Returns a page of the navigation, with the pages of its folder or its own headings if the current one is there. */
    private String item(Page page, Page current) {
        boolean folder = page.file().endsWith("/index.html");
        String below = folder ? page.file().substring(0, page.file().lastIndexOf('/') + 1) : page.file();
        if (!current.file().startsWith(below)) {
            return "<li>" + link(page, current) + "</li>\n";
        }
        String inside = folder
                ? page.links().stream()
                        .map(Page.Link::target)
                        .distinct()
                        .map(this::page)
                        .filter(each -> each.file().startsWith(below))
                        .map(each -> "<li>" + link(each, current) + headings(each, current) + "</li>\n")
                        .collect(Collectors.joining("", "<ul>\n", "</ul>\n"))
                : headings(page, current);
        return "<li>" + link(page, current) + inside + "</li>\n";
    }

    private static String link(Page page, Page current) {
        String here = page.equals(current) ? " aria-current=\"page\"" : "";
        return "<a href=\"" + SitePath.between(current.file(), page.file()) + "\"" + here + ">"
                + MathMl.escaped(page.title()) + "</a>";
    }

    private static String headings(Page page, Page current) {
        if (!page.equals(current)) {
            return "";
        }
        return page.sections().stream()
                .filter(section -> section.level() == 2)
                .map(section ->
                        "<li><a href=\"#" + section.anchor() + "\">" + MathMl.escaped(section.title()) + "</a></li>\n")
                .collect(Collectors.joining("", "\n<ul>\n", "</ul>\n"));
    }
}
