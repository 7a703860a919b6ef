package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.sdescript.display.MessageJson;
import org.sdescript.workspace.Workspace;

/** Answers the requests of the shell channel. */
record ShellRequests(Workspace workspace, Pages pages, CellRunner cells, History history) {

    /** Returns the content of the reply; empty for messages that have none. */
    Optional<ObjectNode> answer(Messenger.Request request, Messenger messenger) {
        ObjectNode wanted = request.content();
        String code = wanted.path("code").asText();
        int position = wanted.path("cursor_pos").asInt(Integer.MAX_VALUE);
        return switch (request.type()) {
            case "execute_request" -> Optional.of(cells.run(request.message()));
            case "complete_request" -> Optional.of(Editing.completions(code, position, workspace));
            case "inspect_request" -> Optional.of(Editing.inspection(code, position, pages));
            case "is_complete_request" -> Optional.of(Editing.completeness(code));
            case "history_request" -> Optional.of(history.reply(wanted));
            case "kernel_info_request" -> Optional.of(KernelInfo.content());
            case "comm_info_request" -> Optional.of(Message.ok().set("comms", MessageJson.object()));
            case "comm_open" -> {
                // no targets of communication are known here
                ObjectNode closed = MessageJson.object()
                        .put("comm_id", wanted.path("comm_id").asText());
                closed.putObject("data");
                messenger.publish("comm_close", request.message().header(), closed);
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }
}
