package org.sdescript.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;

class DownloadTest {
    private static final String MD5_OF_ABC = "900150983cd24fb0d6963f7d28e17f72";

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/abc", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("abc".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Path fetch(String name, String md5) {
        URI from = URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/" + name);
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), folder, null)) {
            return new Download(from, md5).in(folder.resolve("kept"), session);
        }
    }

    @Test
    void a_file_is_fetched_once_and_kept() {
        assertThat(fetch("abc", MD5_OF_ABC)).hasContent("abc");
        assertThat(fetch("abc", MD5_OF_ABC)).hasContent("abc");
        assertThat(asked).hasValue(1);
    }

    @Test
    void what_is_something_else_is_not_kept() {
        assertThatThrownBy(() -> fetch("abc", "0".repeat(32))).satisfies(Refusal.with("E0761"));
        assertThat(folder.resolve("kept")).isEmptyDirectory();
    }

    @Test
    void without_an_answer_the_error_says_where_files_could_be() {
        assertThatThrownBy(() -> fetch("nothing", MD5_OF_ABC))
                .satisfies(Refusal.with("E0760"))
                .hasMessageContaining("404");
        server.stop(0);
        assertThatThrownBy(() -> fetch("abc", MD5_OF_ABC)).satisfies(Refusal.with("E0760"));
    }
}
