package org.sdescript.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sdescript.lsp.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sde lsp}: an editor starts it and speaks to it through standard input and output. */
@Command(
        name = "lsp",
        description = "Serves an editor with the Language Server Protocol through standard input and output.")
final class LspCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help = new HelpOption();

    @Override
    public Integer call() throws InterruptedException {
        InputStream in = System.in;
        PrintStream out = System.out;
        System.setOut(System.err); // the protocol alone uses standard output
        return Server.serve(in, out, program(), System.getenv());
    }

    /** The command line that starts this program again. */
    private static List<String> program() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line = new ArrayList<>(List.of(java));
        line.add("--enable-native-access=ALL-UNNAMED");
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return line;
    }
}
