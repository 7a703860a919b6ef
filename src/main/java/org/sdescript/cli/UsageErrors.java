package org.sdescript.cli;

import java.util.Optional;
import org.sdescript.diagnostic.Spelling;
import picocli.CommandLine;

/** Reports an invalid command line in a sentence with a way out; {@code --help} prints the whole usage. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    @Override
    public int handleParseException(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        TerminalConsole.err().println(name + ": " + message(mistake));
        TerminalConsole.err().println(wayOut(mistake, command).orElse("`" + name + " --help` shows the usage"));
        return Main.USAGE;
    }

    private static String message(CommandLine.ParameterException mistake) {
        return switch (mistake) {
            case CommandLine.UnmatchedArgumentException unmatched
            when !unmatched.isUnknownOption() ->
                "there is no command `" + unmatched.getUnmatched().getFirst() + "`";
            case CommandLine.ParameterException number
            when isNumber(number.getArgSpec()) && number.getValue() != null ->
                ((CommandLine.Model.OptionSpec) number.getArgSpec()).longestName() + " takes a whole number, not "
                        + number.getValue();
            case CommandLine.ParameterException other -> {
                String said = String.valueOf(other.getMessage());
                yield said.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + said.substring(1);
            }
        };
    }

    private static boolean isNumber(CommandLine.Model.ArgSpec argument) {
        return argument instanceof CommandLine.Model.OptionSpec option && option.type() == Long.class;
    }

    private static Optional<String> wayOut(CommandLine.ParameterException mistake, CommandLine command) {
        if (!(mistake instanceof CommandLine.UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        String word = unmatched.getUnmatched().getFirst();
        Optional<String> meant = word.endsWith(".sde")
                ? Optional.of("run " + word)
                : Spelling.nearest(word, command.getSubcommands().keySet());
        return meant.map(each -> "did you mean `" + command.getCommandSpec().qualifiedName() + " " + each + "`?");
    }
}
