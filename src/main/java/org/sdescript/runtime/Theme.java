package org.sdescript.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a name of the language has to do with: the chapters of its reference, in their order. */
public enum Theme {
    PROCESSES("Processes and derivations", "processes", "schedules", "distributions"),
    NETWORKS("Networks and layers", "networks"),
    TRAINING("Training", "losses", "weights", "times", "predictions", "rates", "watching"),
    SAMPLING("Sampling", "predictors", "correctors", "samplers", "guidance", "grids", "solvers", "simulation"),
    LIKELIHOOD("Likelihood", "likelihood"),
    METRICS("Measures of samples", "metrics"),
    DATA("Data and files"),
    OUTPUT("Output and settings"),
    TENSORS("Tensors"),
    DERIVATIVES("Derivatives"),
    FUNCTIONS("Functions of numbers"),
    SEQUENCES("Lists and loops"),
    VALUES("Values and their fields"),
    WORDS("Words of the language"),
    SCRIPT("This script");

    private final String title;
    private final List<String> files;

    Theme(String title, String... files) {
        this.title = title;
        this.files = List.of(files);
    }

    public String title() {
        return title;
    }

    /** A word for it on the command line and in file names: {@code processes}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The theme of a file of {@code stdlib/}. */
    public static Theme ofFile(String file) {
        return Arrays.stream(values())
                .filter(theme -> theme.files.contains(file))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no theme for stdlib/" + file + ".sde"));
    }

    public static Optional<Theme> of(String word) {
        return Arrays.stream(values())
                .filter(theme -> theme.word().equals(word))
                .findFirst();
    }
}
