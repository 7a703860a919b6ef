package org.sdescript.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sdescript.manual.ErrorPages;
import org.sdescript.manual.Manual;
import org.sdescript.manual.Reference;

/**
 * The files that pages are made of, by their paths in the repository: the Markdown of {@code docs/}, its pictures, and
 * the standard library. The reference and the pages of errors are written anew, all others are packed into the jar.
 */
final class Sources {
    static final String START = "docs/README.md";
    private static final String DOCS = "docs/";
    private static final String LIBRARY = "stdlib/";

    private final Map<String, String> written = new HashMap<>();

    Sources(Manual manual) {
        new Reference(manual).pages().forEach((name, text) -> written.put("docs/reference/" + name, text));
        new ErrorPages().files().forEach((name, text) -> written.put("docs/errors/" + name, text));
    }

    /** Returns the text of a page or script; empty if the product has no such file. */
    Optional<String> text(String path) {
        boolean packed = path.endsWith(".md") || path.endsWith(".sde");
        return Optional.ofNullable(written.get(path))
                .or(() -> packed
                        ? packed(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        : Optional.empty());
    }

    /** Returns the bytes of a picture; throws if the product lacks the picture. */
    byte[] picture(String path) {
        return packed(path).orElseThrow(() -> new IllegalStateException("the product lacks " + path));
    }

    /** Returns a file of the site's own, such as its style sheet. */
    static String own(String name) {
        return read("/org/sdescript/site/" + name)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("the product lacks " + name));
    }

    private static Optional<byte[]> packed(String path) {
        return path.startsWith(DOCS)
                ? read("/org/sdescript/site/" + path)
                : path.startsWith(LIBRARY) ? read("/org/sdescript/" + path) : Optional.empty();
    }

    private static Optional<byte[]> read(String resource) {
        try (InputStream in = Sources.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
