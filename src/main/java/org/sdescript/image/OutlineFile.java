package org.sdescript.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files of outlines beside this class. */
final class OutlineFile {
    private OutlineFile() {}

    /** Returns the lines without comments. */
    static List<String> lines(String name) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(OutlineFile.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
