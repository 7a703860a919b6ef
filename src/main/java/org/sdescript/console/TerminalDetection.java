package org.sdescript.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.runtime.TerminalAbilities;

/** Detects the abilities of a terminal from environment variables. */
public final class TerminalDetection {
    private static final String DUMB = "dumb";
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;
    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)\\s*");

    private TerminalDetection() {}

    /** True if the terminal has colours and the user has not set NO_COLOR. */
    public static boolean colours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && isRich(environment);
    }

    /** True if the terminal can erase text. */
    public static boolean isRich(Map<String, String> environment) {
        return !type(environment).toLowerCase(Locale.ROOT).equals(DUMB);
    }

    /** The name of the terminal's type; without one, of a terminal that can only show text. */
    public static String type(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "").strip();
        return type.isEmpty() ? DUMB : type;
    }

    /** A terminal of a size. */
    public static TerminalAbilities of(Map<String, String> environment, int columns, int rows) {
        return new TerminalAbilities(
                columns > 0 ? columns : COLUMNS,
                rows > 0 ? rows : ROWS,
                colours(environment),
                colours(environment) ? images(environment) : TerminalAbilities.Images.NONE);
    }

    /** The terminal of this process, with its size from {@code stty}. */
    public static TerminalAbilities current() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = SIZE.matcher(answer);
            if (size.matches()) {
                return of(System.getenv(), Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1)));
            }
        } catch (IOException noSuchCommand) {
            return of(System.getenv(), COLUMNS, ROWS);
        }
        return of(System.getenv(), COLUMNS, ROWS);
    }

    /** The image protocol. Programs between sde and the terminal, such as tmux, do not pass images on. */
    private static TerminalAbilities.Images images(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "");
        String program = environment.getOrDefault("TERM_PROGRAM", "");
        if (environment.containsKey("TMUX") || kind.startsWith("screen") || kind.startsWith("tmux")) {
            return TerminalAbilities.Images.NONE;
        }
        if (environment.containsKey("KITTY_WINDOW_ID")
                || kind.equals("xterm-kitty")
                || kind.equals("xterm-ghostty")
                || environment.containsKey("KONSOLE_VERSION")) {
            return TerminalAbilities.Images.KITTY;
        }
        if (program.equals("iTerm.app") || program.equals("WezTerm")) {
            return TerminalAbilities.Images.ITERM;
        }
        if (program.equals("mintty")
                || kind.startsWith("foot")
                || kind.startsWith("mlterm")
                || kind.contains("sixel")
                || kind.startsWith("contour")) {
            return TerminalAbilities.Images.SIXEL;
        }
        return TerminalAbilities.Images.NONE;
    }
}
