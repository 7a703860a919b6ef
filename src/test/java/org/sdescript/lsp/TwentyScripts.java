package org.sdescript.lsp;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Ten scripts that are right, and ten that are wrong in ten ways. */
final class TwentyScripts {
    private TwentyScripts() {}

    static Stream<Path> all() {
        return Stream.concat(
                        Stream.of(
                                        "quickstart",
                                        "samplers",
                                        "own_process",
                                        "own_parts",
                                        "invented",
                                        "nonlinear",
                                        "guidance",
                                        "predictor_corrector",
                                        "likelihoods",
                                        "two_chains")
                                .map(name -> Path.of("examples", name + ".sde")),
                        wrong().stream().map(name -> Path.of("src", "test", "sde", "check", name + ".sde")))
                .map(Path::toAbsolutePath);
    }

    static List<String> wrong() {
        return List.of(
                "allowed-values",
                "calls",
                "equation-without-differential",
                "habits",
                "kinds",
                "modules",
                "names",
                "processes",
                "unreachable",
                "unused");
    }
}
