package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sdescript.ast.DeepStack;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.display.MessageJson;
import org.sdescript.files.OutputFolders;
import org.sdescript.files.ReadingFolder;
import org.sdescript.interrupt.Interruption;
import org.sdescript.pipeline.Derivation;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.site.ProcessFormulas;
import org.sdescript.workspace.script.DerivableProcesses;

/** Derives what the page shows beside a script, within a limit of time for all processes together. */
final class LiveDerivation implements AutoCloseable {
    private final DerivableProcesses processes;
    private final Settings settings;
    private final Limits limits;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("sde-derivations").unstarted(work));

    LiveDerivation(DerivableProcesses processes, Settings settings, Limits limits) {
        this.processes = processes;
        this.settings = settings;
        this.limits = limits;
    }

    /**
     * Returns name and HTML of each process, or the reason why there is none.
     *
     * @param folders the folders of the server
     */
    ObjectNode of(String text, Map<String, String> parameters, OutputFolders folders) {
        ArrayNode all = MessageJson.array();
        try (Session session = new Session(settings, Console.SILENT, folders, null)) {
            session.folders().readOnlyBelow(new ReadingFolder(folders.run()));
            Future<?> limit =
                    clock.schedule(session.stop()::request, limits.derivation().toMillis(), TimeUnit.MILLISECONDS);
            try {
                DeepStack.run(() -> session.stop().stoppable(() -> {
                    processes.of(Tab.SCRIPT, text).forEach((name, query) -> derive(name, query, parameters, session)
                            .ifPresent(all::add));
                    return all;
                }));
            } finally {
                limit.cancel(false);
            }
        }
        return MessageJson.object().set("processes", all);
    }

    private Optional<ObjectNode> derive(
            String name, DerivableProcesses.Query query, Map<String, String> parameters, Session session) {
        try {
            Optional<Derivation> derived = query.in(session, parameters);
            return derived.map(
                    derivation -> MessageJson.object().put("name", name).put("html", ProcessFormulas.html(derivation)));
        } catch (SdeError error) {
            return Optional.of(MessageJson.object().put("name", name).put("reason", error.getMessage()));
        } catch (Interruption late) {
            return Optional.of(MessageJson.object()
                    .put("name", name)
                    .put(
                            "reason",
                            "the derivation takes longer than "
                                    + limits.derivation().toSeconds() + " s; `reverse(" + name
                                    + ")` in the script derives it in a run"));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
