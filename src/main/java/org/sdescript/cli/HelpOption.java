package org.sdescript.cli;

import picocli.CommandLine.Option;

/** The option {@code --help} of every command but {@code run}, whose help also shows the parameters of the script. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this text.")
    private boolean help;
}
