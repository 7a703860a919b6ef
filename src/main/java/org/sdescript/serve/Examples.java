package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sdescript.display.MessageJson;

/** The files of the page, and the scripts to start from. */
final class Examples {
    /** The names of the scripts, in the order of the page's menu. */
    static final List<String> NAMES = List.of("derive", "own_process", "sample", "train", "lesson");

    private Examples() {}

    /** Returns a file of the page. */
    static byte[] file(String name) {
        try (InputStream in = Examples.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no file " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String script(String name) {
        return new String(file("examples/" + name + ".sde"), StandardCharsets.UTF_8);
    }

    /** Returns the scripts; the title of each is its first line. */
    static ArrayNode all() {
        ArrayNode all = MessageJson.array();
        NAMES.forEach(name -> {
            String text = script(name);
            String title = text.lines().findFirst().orElse(name).replaceFirst("^#\\s*", "");
            all.addObject().put("name", name).put("title", title).put("text", text);
        });
        return all;
    }
}
