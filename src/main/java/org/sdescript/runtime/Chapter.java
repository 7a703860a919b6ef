package org.sdescript.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The chapters of the language's reference, in order. */
public enum Chapter {
    PROCESSES("Processes and derivations", "native/processes", "processes", "schedules", "distributions", "paths"),
    NETWORKS("Networks and layers", "native/networks", "networks"),
    TRAINING(
            "Training",
            "native/training",
            "losses",
            "weights",
            "times",
            "predictions",
            "rates",
            "couplings",
            "bridges",
            "watching"),
    SAMPLING(
            "Sampling",
            "native/sampling",
            "predictors",
            "correctors",
            "samplers",
            "karras",
            "guidance",
            "grids",
            "solvers",
            "simulation"),
    LIKELIHOOD("Likelihood", "likelihood"),
    METRICS("Measures of samples", "metrics"),
    DATA("Data and files", "native/data"),
    FIGURES("Figures", "native/figures"),
    OUTPUT("Output and settings", "native/output"),
    TENSORS("Tensors", "native/tensors"),
    DERIVATIVES("Derivatives", "native/derivatives"),
    FUNCTIONS("Functions of numbers", "native/functions"),
    SEQUENCES("Lists and loops", "native/sequences"),
    VALUES("Values and their fields"),
    WORDS("Words of the language"),
    SCRIPT("This script");

    private final String title;
    private final List<String> files;

    Chapter(String title, String... files) {
        this.title = title;
        this.files = List.of(files);
    }

    public String title() {
        return title;
    }

    /** Returns the keyword of the theme on the command line and in file names: {@code processes}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Returns the theme of a file in {@code stdlib/}. */
    public static Chapter ofFile(String file) {
        return Arrays.stream(values())
                .filter(theme -> theme.files.contains(file))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no theme for stdlib/" + file + ".sde"));
    }

    public static Optional<Chapter> of(String word) {
        return Arrays.stream(values())
                .filter(theme -> theme.word().equals(word))
                .findFirst();
    }
}
