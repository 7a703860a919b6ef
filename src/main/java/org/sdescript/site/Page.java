package org.sdescript.site;

import java.util.List;
import java.util.Set;

/**
 * A page as it is rendered from its source, without the frame around it.
 *
 * @param source the path of its source in the repository
 * @param body HTML
 * @param sections the headings in order, with the text below each
 * @param links the sources of the pages that it links to, in order, by the section that holds the link
 * @param pictures the paths of its pictures in the repository
 */
record Page(String source, String body, List<Section> sections, List<Link> links, Set<String> pictures) {

    /**
     * @param level 1 for the title of the page
     * @param anchor the fragment of its address
     * @param text the words below the heading, up to the next
     */
    record Section(int level, String title, String anchor, String text) {}

    /** @param section the title of the nearest heading of level 2 above; empty before the first */
    record Link(String section, String target) {}

    Page {
        sections = List.copyOf(sections);
        links = List.copyOf(links);
        pictures = Set.copyOf(pictures);
    }

    String file() {
        return SitePath.file(source);
    }

    String title() {
        return sections.isEmpty() ? source : sections.getFirst().title();
    }
}
