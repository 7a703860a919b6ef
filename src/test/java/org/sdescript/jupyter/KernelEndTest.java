package org.sdescript.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sdescript.display.MessageJson;

/** How a kernel ends. */
class KernelEndTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Sockets.Channel.class,
            names = {"SHELL", "CONTROL"})
    void a_kernel_is_shut_down_on_both_channels(Sockets.Channel channel) throws IOException {
        try (KernelClient client = new KernelClient(folder)) {
            KernelClient.Answer answer =
                    client.ask(channel, "shutdown_request", MessageJson.object().put("restart", true));

            assertThat(answer.reply().path("restart").asBoolean()).isTrue();
            assertThat(answer.types()).contains("shutdown_reply");
            assertThat(client.isOver()).isTrue();
        }
    }

    @Test
    void a_shutdown_stops_the_running_cell_and_drops_those_that_wait() throws IOException {
        try (KernelClient client = new KernelClient(folder)) {
            String running = client.send(
                    Sockets.Channel.SHELL,
                    "execute_request",
                    MessageJson.object()
                            .put("code", "print(\"begun\")\nwhile true { x = 1 }")
                            .put("stop_on_error", false));
            client.start("print(\"next\")");
            List<Message> before =
                    client.publishedUntil(running, message -> message.type().equals("stream"));
            client.send(Sockets.Channel.CONTROL, "shutdown_request", MessageJson.object());

            KernelClient.Answer answer = client.answer(Sockets.Channel.SHELL, running, before);
            assertThat(answer.reply().path("ename").asText()).isEqualTo("KeyboardInterrupt");
            assertThat(client.isOver()).isTrue();
            assertThat(folder.resolve("history")).content().contains("begun").doesNotContain("next");
        }
    }

    @Test
    void the_history_of_a_session_is_that_of_the_next() throws IOException {
        try (KernelClient client = new KernelClient(folder)) {
            client.run("of_the_first = 1");
        }
        try (KernelClient client = new KernelClient(folder)) {
            var last = MessageJson.object().put("hist_access_type", "range").put("session", -1);

            assertThat(client.ask("history_request", last)
                            .reply()
                            .path("history")
                            .path(0)
                            .path(2)
                            .asText())
                    .isEqualTo("of_the_first = 1");
        }
    }
}
