package org.sdescript.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.sdescript.files.FileJson;
import org.sdescript.files.OutputFolders;
import org.sdescript.files.ReadingFolder;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.runtime.Settings;
import org.sdescript.workspace.script.DerivableProcesses;

/**
 * Serves the page to browsers on this machine. Every address begins with the token; a request without the token, under
 * another host name or from another page is refused. Scripts read and write files only below the folder of their tab.
 */
public final class PageServer implements AutoCloseable {
    private static final int LAST_ANSWERS_SECONDS = 1;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Access access;
    private final Pipeline pipeline;
    private final Settings settings;
    private final OutputFolders folders;
    private final Limits limits;
    private final Tabs tabs;
    private final LiveDerivation derivation;
    private final Requests requests;

    /**
     * Binds the port; requests wait until {@link #start}.
     *
     * @param folders each tab writes to a folder of its own below the first
     * @param port 0 for a free one
     * @throws IOException if the port is taken
     */
    public PageServer(Pipeline pipeline, Settings settings, OutputFolders folders, Limits limits, int port)
            throws IOException {
        this.pipeline = pipeline;
        this.settings = settings;
        this.folders = folders;
        this.limits = limits;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        this.access = new Access(Access.newToken(), server.getAddress().getPort());
        this.tabs = new Tabs(this::tab, limits.tabs());
        Manual manual = pipeline.manual();
        Pipeline confined = confined(new ReadingFolder(folders.run()));
        this.derivation = new LiveDerivation(new DerivableProcesses(confined, manual), settings, limits);
        this.requests = new Requests(tabs, new PageEditing(confined, manual), derivation, folders, limits);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
    }

    public void start() {
        server.start();
    }

    /** Returns the address of the page, token included. */
    public String address() {
        return "http://127.0.0.1:" + access.port() + "/" + access.token() + "/";
    }

    private Tab tab(String id) {
        Path folder = folders.run().resolve(id);
        ReadingFolder reading = new ReadingFolder(folders.run(), folder);
        return new Tab(confined(reading), settings, limits, reading, new OutputFolders(folder, folders.further()));
    }

    /** Returns the phases with imported files read only below a folder, from which their relative names start. */
    private Pipeline confined(ReadingFolder reading) {
        return pipeline.reading(file -> ScriptFile.read(reading.resolve(file)));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            secure(exchange.getResponseHeaders());
            String path = exchange.getRequestURI().getPath();
            Optional<String> refusal = access.refusal(exchange.getRequestHeaders(), path);
            if (refusal.isPresent()) {
                send(Answer.text(Answer.REFUSED, refusal.get()), exchange);
                return;
            }
            List<String> parts = Stream.of(path.split("/", -1)).skip(2).toList();
            Optional<Tab> listening = listening(parts, exchange.getRequestMethod());
            if (listening.isPresent()) {
                EventStream.send(listening.get().events(), exchange);
            } else {
                send(answer(parts, exchange), exchange);
            }
        }
    }

    /** The headers that keep other pages from using an answer, and this page from loading anything from elsewhere. */
    private static void secure(Headers headers) {
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-store");
    }

    private Optional<Tab> listening(List<String> path, String method) {
        return method.equals("GET")
                        && path.size() == 3
                        && path.get(0).equals("tabs")
                        && path.get(2).equals("events")
                ? tabs.of(path.get(1))
                : Optional.empty();
    }

    private Answer answer(List<String> path, HttpExchange exchange) throws IOException {
        try {
            return switch (exchange.getRequestMethod()) {
                case "GET" -> requests.get(path);
                case "POST" -> {
                    Optional<JsonNode> request = body(exchange);
                    yield request.isPresent()
                            ? requests.post(path, request.get())
                            : Answer.problem(400, "a request is a JSON object of at most 1 MiB");
                }
                default -> Answer.problem(405, "GET and POST are answered");
            };
        } catch (RuntimeException | Error fault) {
            return Answer.problem(500, "bug in sde: " + fault);
        }
    }

    /** Reads a request's JSON; empty for any other content, and for one that is too long. */
    private static Optional<JsonNode> body(HttpExchange exchange) throws IOException {
        byte[] bytes;
        try (InputStream in = exchange.getRequestBody()) {
            bytes = in.readNBytes(Limits.REQUEST + 1);
        }
        if (bytes.length > Limits.REQUEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileJson.object(bytes));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static void send(Answer answer, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    /** Stops all runs, tells the open pages, and frees the port. */
    @Override
    public void close() {
        tabs.close();
        derivation.close();
        server.stop(LAST_ANSWERS_SECONDS);
        threads.shutdownNow();
    }
}
