package org.sdescript.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sdescript.manual.ErrorPage;
import org.sdescript.manual.ErrorPages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sde explain E0203}. */
@Command(
        name = "explain",
        description = "Explains error codes, each with a wrong and a right script; without a code, lists all codes.")
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(arity = "0..*", paramLabel = "CODE", description = "The code of an error or warning, such as E0203.")
    private List<String> codes = new ArrayList<>();

    private final ErrorPages pages = new ErrorPages();

    @Override
    public Integer call() {
        if (codes.isEmpty()) {
            TerminalConsole.out().println(pages.list());
            return Main.DONE;
        }
        int status = Main.DONE;
        for (int i = 0; i < codes.size(); i++) {
            if (i > 0) {
                TerminalConsole.out().println();
            }
            status = Math.max(status, explain(codes.get(i)));
        }
        return status;
    }

    /** Completes a number to a code: {@code 203} is E0203. */
    private static String spelled(String code) {
        return code.matches("[0-9]{1,4}") ? "E" + "0".repeat(4 - code.length()) + code : code;
    }

    private int explain(String written) {
        String code = spelled(written);
        Optional<ErrorPage> page = pages.of(code);
        if (page.isPresent()) {
            TerminalConsole.out().println(page.get().forTerminal());
            return Main.DONE;
        }
        String wayOut = pages.nearest(code)
                .map(near -> "did you mean `sde explain " + near + "`?")
                .orElse("`sde explain` lists the codes there are");
        TerminalConsole.err().println("sde explain: there is no error " + code + "; " + wayOut);
        return Main.USAGE;
    }
}
