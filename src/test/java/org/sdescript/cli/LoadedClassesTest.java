package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes that a start loads: what other commands need takes no time of this one. */
class LoadedClassesTest {
    private static final List<String> OF_OTHER_COMMANDS = List.of(
            "org.sdescript.lsp",
            "org.sdescript.serve",
            "org.sdescript.site",
            "org.sdescript.jupyter",
            "org.commonmark",
            "org.eclipse.lsp4j",
            "org.zeromq",
            "zmq.");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "repl"})
    void a_script_and_the_prompt_load_neither_notebooks_editors_nor_pages(String command) throws IOException {
        Path script = Files.writeString(folder.resolve("one.sde"), "p = VP()\nprint(reverse(p))\n");
        Path log = folder.resolve("classes");
        List<String> options = List.of("-Xlog:class+load:file=" + log);

        Shell.Answer answer = command.equals("repl")
                ? Shell.in(folder).reading(script).sde(options, command)
                : Shell.in(folder).sde(options, command, script.toString());

        assertThat(answer.status()).isZero();
        Set<String> loaded = loaded(log);
        assertThat(loaded.contains("org.sdescript.pipeline.Pipeline")).isTrue();
        assertThat(loaded)
                .filteredOn(name -> OF_OTHER_COMMANDS.stream().anyMatch(name::startsWith))
                .isEmpty();
    }

    /** The names of the classes in a log of the JVM. */
    private static Set<String> loaded(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(line -> line.replaceFirst("^(\\[[^\\]]*])+ ", "").split(" ", 2)[0])
                .collect(Collectors.toSet());
    }

    /** The launchers make an archive of the classes that this program loads. */
    @Test
    void the_training_of_the_archive_loads_what_scripts_prompts_and_notebooks_need() throws Exception {
        Path entries = Files.writeString(folder.resolve("entries"), "p = VP()\nreverse(p)\nlogg(1)\n");
        Path log = folder.resolve("classes");

        Shell.Answer answer = Shell.in(folder)
                .reading(entries)
                .java(
                        List.of("-Xlog:class+load:file=" + log, "-Dsde.terminal=in,out"),
                        ArchiveTraining.class.getName());

        assertThat(answer.status()).as(answer.errors()).isZero();
        assertThat(loaded(log))
                .contains(
                        "org.sdescript.cli.CheckCommand",
                        "org.sdescript.cli.RunCommand",
                        "org.sdescript.repl.Repl",
                        "org.jline.reader.impl.LineReaderImpl",
                        "org.sdescript.jupyter.CellRunner",
                        "org.sdescript.display.MimeBundle",
                        "zmq.io.StreamEngine");
    }
}
