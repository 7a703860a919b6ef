package org.sdescript.jupyter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketsTest {
    @Test
    void a_message_after_the_end_is_dropped() throws IOException, InterruptedException {
        Sockets sockets = new Sockets(KernelClient.connection());
        Thread serving = new Thread(() -> sockets.serve((channel, frames) -> {}));
        serving.start();
        sockets.close();
        serving.join();

        assertThatCode(() -> sockets.send(Sockets.Channel.IOPUB, List.of(new byte[1])))
                .doesNotThrowAnyException();
        assertThatCode(sockets::close).doesNotThrowAnyException();
    }

    @Test
    void a_port_in_use_is_named() throws IOException, InterruptedException {
        Connection connection = KernelClient.connection();
        Sockets sockets = new Sockets(connection);

        assertThatThrownBy(() -> new Sockets(connection))
                .isInstanceOf(BindException.class)
                .hasMessageContainingAll(String.valueOf(connection.ports().iopub()), "in use");
        sockets.close();
        sockets.serve((channel, frames) -> {});
    }
}
