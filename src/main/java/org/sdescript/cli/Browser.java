package org.sdescript.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The user's browser, started by the program of the platform that knows which one it is. */
final class Browser {
    private Browser() {}

    /** Shows an address; returns false if the machine has no screen or no such program. */
    static boolean show(String address, Map<String, String> environment) {
        List<String> command = new ArrayList<>(opener(System.getProperty("os.name"), environment));
        if (command.isEmpty()) {
            return false;
        }
        command.add(address);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** Returns the command before the address; empty where there is no screen. */
    static List<String> opener(String system, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler");
        }
        if (name.startsWith("mac")) {
            return List.of("open");
        }
        boolean screen = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return screen ? List.of("xdg-open") : List.of();
    }
}
