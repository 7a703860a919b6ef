package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sdescript.files.FileJson;

/**
 * The connection file that Jupyter writes for a kernel: the ports to listen on, and the key that signs messages.
 *
 * @param key the shared secret; empty if messages are not signed
 */
public record Connection(String transport, String ip, Ports ports, String signatureScheme, String key) {

    private static final int LAST_PORT = 65_535;

    /** The ports of the five sockets. */
    public record Ports(int shell, int control, int stdin, int iopub, int heartbeat) {}

    /** Reads a connection file; throws with the reason if the file is none. */
    public static Connection read(Path file) throws IOException {
        ObjectNode json = FileJson.object(Files.readAllBytes(file));
        String scheme = json.path("signature_scheme").asText("hmac-sha256");
        if (!MessageSignature.isKnown(scheme)) {
            throw new IOException("its signature_scheme is " + scheme + "; hmac-sha256 is one that is known here");
        }
        return new Connection(
                json.path("transport").asText("tcp"),
                json.path("ip").asText("127.0.0.1"),
                new Ports(
                        port(json, "shell_port"),
                        port(json, "control_port"),
                        port(json, "stdin_port"),
                        port(json, "iopub_port"),
                        port(json, "hb_port")),
                scheme,
                json.path("key").asText(""));
    }

    private static int port(ObjectNode json, String name) throws IOException {
        if (!json.path(name).isInt()) {
            throw new IOException("it has no " + name);
        }
        int port = json.path(name).asInt();
        if (port < 1 || port > LAST_PORT) {
            throw new IOException("its " + name + " is " + port + ", not in 1.." + LAST_PORT);
        }
        return port;
    }

    String address(int port) {
        return transport.equals("ipc") ? "ipc://" + ip + "-" + port : transport + "://" + ip + ":" + port;
    }
}
