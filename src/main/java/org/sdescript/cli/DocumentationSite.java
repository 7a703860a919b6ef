package org.sdescript.cli;

import java.nio.file.Path;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.site.Site;

/** Makes the site of the documentation, for the commands that write or show it. */
final class DocumentationSite {
    private DocumentationSite() {}

    static Site made(Pipeline pipeline, Path folder) {
        try (Session session =
                new Session(Settings.standard(), new TerminalConsole(true), OutputFolders.of(folder), folder)) {
            return StopSignals.during(session, () -> Site.of(pipeline, session), () -> {});
        }
    }
}
