package example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.sdescript.api.Sde;
import org.sdescript.api.SdeException;
import org.sdescript.api.SdeProgress;
import org.sdescript.api.SdeRun;

/**
 * Serves samples of a model that a script trains: {@code SampleServer moons.sde 8080}.
 *
 * <pre>
 * GET    /samples?n=10&amp;seed=7   samples as JSON; the seed may be left out
 * GET    /training              how far the training is
 * PUT    /training              a new script, whose model replaces the present one once it is trained
 * DELETE /training              stops the training
 * </pre>
 */
public final class SampleServer implements AutoCloseable {
    private static final int MOST_SAMPLES = 10_000;

    private final HttpServer server;
    private final Duration longest;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final AtomicLong seeds = new AtomicLong();

    /** The run that draws; null until the first training is over. */
    private SdeRun model;

    private CompletableFuture<SdeRun> training;
    private volatile String progress = "not begun";

    /**
     * @param port a port, or 0 for any that is free
     * @param longest the time limit of a request
     */
    public SampleServer(Sde script, int port, Duration longest) throws IOException {
        this.longest = longest;
        train(script);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        server.setExecutor(threads);
        server.createContext("/samples", exchange -> answer(exchange, () -> samples(exchange)));
        server.createContext("/training", exchange -> answer(exchange, () -> training(exchange)));
        server.start();
    }

    public static void main(String[] arguments) throws IOException {
        Sde script = Sde.load(Path.of(arguments[0]));
        SampleServer server = new SampleServer(script, Integer.parseInt(arguments[1]), Duration.ofSeconds(10));
        System.out.println("http://localhost:" + server.port() + "/samples?n=10");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The training under way, or the last one. */
    public synchronized CompletableFuture<SdeRun> training() {
        return training;
    }

    private synchronized void train(Sde script) {
        if (training != null) {
            training.cancel(true);
        }
        training = script.output(line -> {}).progress(this::tell).runAsync();
        training.whenComplete((run, failure) -> {
            if (failure == null) {
                replace(run);
            } else {
                fail(failure);
            }
        });
    }

    private void fail(Throwable failure) {
        progress = failure instanceof CancellationException ? "cancelled" : "failed: " + failure.getMessage();
    }

    private void tell(SdeProgress step) {
        progress = step.task() + " " + step.percent() + " %";
    }

    private synchronized void replace(SdeRun trained) {
        try {
            trained.sampler("draw"); // the requests need it
        } catch (SdeException without) {
            fail(without);
            trained.close();
            return;
        }
        SdeRun before = model;
        trained.timeLimit(longest);
        trained.progress(step -> {});
        model = trained;
        progress = "done";
        if (before != null) {
            before.close();
        }
    }

    private synchronized SdeRun model() {
        return model;
    }

    private Answer samples(HttpExchange exchange) {
        Map<String, String> query = query(exchange);
        int n = Integer.parseInt(query.getOrDefault("n", "1"));
        long seed = query.containsKey("seed") ? Long.parseLong(query.get("seed")) : seeds.incrementAndGet();
        SdeRun run = model();
        if (run == null) {
            return new Answer(503, "training: " + progress);
        }
        if (n < 1 || n > MOST_SAMPLES) {
            return new Answer(400, "n is 1 to " + MOST_SAMPLES);
        }
        return new Answer(200, Arrays.deepToString(run.sampler("draw").sample(n, seed).rows()));
    }

    private Answer training(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                Sde script = Sde.of(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                script.check(); // a wrong script is refused, and the present model stays
                train(script);
            }
            case "DELETE" -> training().cancel(true);
            default -> {}
        }
        return new Answer(200, progress);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String text = exchange.getRequestURI().getQuery();
        for (String part : text == null ? new String[0] : text.split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return query;
    }

    private record Answer(int status, String body) {}

    private interface Work {
        Answer answer() throws IOException;
    }

    private static void answer(HttpExchange exchange, Work work) throws IOException {
        try (exchange) {
            Answer answer = answer(work);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Answer answer(Work work) throws IOException {
        try {
            return work.answer();
        } catch (NumberFormatException wrong) {
            return new Answer(400, "n and seed are whole numbers");
        } catch (SdeException wrong) {
            return new Answer(wrong.code().equals("E0909") ? 504 : 400, wrong.getMessage());
        } catch (CancellationException stopped) {
            return new Answer(503, "stopped");
        } catch (IllegalStateException closed) {
            return new Answer(503, "another model took over; ask again");
        }
    }

    /** Ends the server, the training and the model. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        training().cancel(true);
        if (model() != null) {
            model().close();
        }
    }
}
