package org.sdescript.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Settings;
import org.sdescript.serve.PageClient.Event;

@Timeout(300)
class PageServerTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String ENDLESS = "n = 0\nwhile true { n = n + 1 }";

    @TempDir
    private Path folder;

    private PageServer server;
    private PageClient page;

    @BeforeEach
    void a_page_is_open() throws IOException, InterruptedException {
        serve(new Limits(LONG, LONG, 1L << 30, 1L << 20, 3, LONG));
    }

    private void serve(Limits limits) throws IOException, InterruptedException {
        if (server != null) {
            server.close();
        }
        Path own = folder.resolve("page");
        server = new PageServer(new Pipeline(), Settings.standard(), OutputFolders.of(own), limits, 0);
        server.start();
        page = new PageClient(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<String> texts(List<Event> events) {
        return events.stream()
                .filter(event -> event.type().equals("text"))
                .map(Event::text)
                .toList();
    }

    private static String codes(List<Event> events) {
        StringBuilder codes = new StringBuilder();
        events.stream().filter(event -> event.type().equals("problem")).forEach(event -> event.data()
                .path("findings")
                .forEach(finding -> codes.append(finding.path("code").asText()).append(' ')));
        return codes.toString().strip();
    }

    private static String state(List<Event> events) {
        return events.getLast().data().path("state").asText();
    }

    /** Sends a request as it stands, since Java's client sets the host itself. */
    private String raw(String path, String host, String more) throws IOException {
        URI address = URI.create(server.address());
        try (Socket socket = new Socket("127.0.0.1", address.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String status(String path, String host, String more) throws IOException {
        return raw(path, host, more).lines().findFirst().orElse("");
    }

    @Test
    void a_request_needs_the_token_the_own_host_and_the_own_origin() throws IOException {
        URI address = URI.create(server.address());
        String own = address.getAuthority();
        String path = address.getPath();

        assertThat(status(path, own, "")).contains("200");
        assertThat(status(path, "localhost:" + address.getPort(), "")).contains("200");
        assertThat(status(path, own, "Origin: http://" + own + "\r\n")).contains("200");
        assertThat(status("/", own, "")).contains("403");
        assertThat(status("/page.js", own, "")).contains("403");
        assertThat(status("/" + "x".repeat(32) + "/", own, "")).contains("403");
        assertThat(status(path, "evil.example", "")).contains("403");
        assertThat(status(path, "evil.example:" + address.getPort(), "")).contains("403");
        assertThat(status(path, own, "Origin: http://evil.example\r\n")).contains("403");
        assertThat(status(path, own, "Origin: null\r\n")).contains("403");
        assertThat(status(path, own, "Sec-Fetch-Site: cross-site\r\n")).contains("403");
    }

    @Test
    void two_servers_have_different_tokens() throws IOException, InterruptedException {
        String before = URI.create(server.address()).getPath();
        serve(new Limits(LONG, LONG, 1L << 30, 1L << 20, 3, LONG));

        assertThat(URI.create(server.address()).getPath()).isNotEqualTo(before).hasSizeGreaterThan(30);
    }

    @Test
    void the_page_may_load_and_send_nothing_elsewhere() throws IOException {
        URI address = URI.create(server.address());

        assertThat(raw(address.getPath(), address.getAuthority(), ""))
                .containsIgnoringCase("Content-Security-Policy: default-src 'none'; script-src 'self'")
                .containsIgnoringCase("Referrer-Policy: no-referrer");
    }

    @Test
    void the_files_of_the_page_name_no_other_server() {
        for (String file : List.of("page.html", "page.css", "page.js")) {
            assertThat(new String(Examples.file(file), StandardCharsets.UTF_8))
                    .doesNotContain("https:", "//cdn", "@import", "eval(");
        }
    }

    @Test
    void a_name_of_a_file_leads_nowhere_outside_of_the_folder_of_the_tab() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("page"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("page/shared.txt"), "shared");
        assertThat(state(page.run("save(tensor([1, 2]), \"a.npy\")"))).isEqualTo("done");

        assertThat(page.get(page.path("files/a.npy")).statusCode()).isEqualTo(200);
        for (String name : List.of("..%2F..%2Fsecret.txt", "%2e%2e/%2e%2e/secret.txt", "..%2Fshared.txt", "%00")) {
            assertThat(page.get(page.path("files/" + name)).statusCode())
                    .as(name)
                    .isEqualTo(404);
        }
        String absolute =
                folder.resolve("secret.txt").toAbsolutePath().toString().replace("/", "%2F");
        assertThat(page.get(page.path("files/" + absolute)).statusCode()).isEqualTo(404);
    }

    @Test
    void a_script_reads_and_writes_only_in_its_folder() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("page"));
        Files.writeString(folder.resolve("secret.csv"), "1,2\n3,4\n");
        Files.writeString(folder.resolve("secret.sde"), "a = 1\n");
        Files.writeString(folder.resolve("page/given.csv"), "1,2\n3,4\n");
        String outside = folder.resolve("secret.csv").toAbsolutePath().toString();

        assertThat(codes(page.run("csv(\"../secret.csv\")"))).isEqualTo("E0741");
        assertThat(codes(page.run("csv(\"" + outside + "\")"))).isEqualTo("E0741");
        assertThat(codes(page.run("import \"../secret.sde\""))).isEqualTo("E0741");
        assertThat(codes(page.run("save(tensor([1]), \"../../a.npy\")"))).isEqualTo("E0741");
        assertThat(codes(page.run("mnist()"))).isEqualTo("E0763");
        assertThat(codes(page.run("csv(\"given.csv\")"))).isEmpty();
        assertThat(folder.resolve("a.npy")).doesNotExist();
    }

    @Test
    void commands_of_the_prompt_are_refused() throws IOException, InterruptedException {
        List<Event> events = page.run(":load ../secret");

        assertThat(state(events)).isEqualTo("failed");
        assertThat(events.toString()).contains("belong to the prompt");
    }

    @Test
    void tabs_do_not_share_names() throws IOException, InterruptedException {
        PageClient other = new PageClient(server.address());
        page.start("a = 1", Map.of(), false);
        other.start("b = 2", Map.of(), false);
        long first = page.events(0).getLast().id();
        long second = other.events(0).getLast().id();

        page.start("print(a)", Map.of(), true);
        other.start("print(a)", Map.of(), true);

        assertThat(texts(page.events(first))).containsExactly("1");
        assertThat(codes(other.events(second))).isEqualTo("E0301");
    }

    @Test
    void a_run_of_the_whole_script_begins_with_fresh_names() throws IOException, InterruptedException {
        page.run("a = 1");

        assertThat(codes(page.run("print(a)"))).isEqualTo("E0301");
    }

    @Test
    void a_run_ends_at_its_limit_of_time() throws IOException, InterruptedException {
        serve(new Limits(Duration.ofSeconds(1), LONG, 1L << 30, 1L << 20, 3, LONG));

        List<Event> events = page.run(ENDLESS);

        assertThat(state(events)).isEqualTo("stopped");
        assertThat(events.getLast().data().path("reason").asText()).contains("1 s", "--seconds");
        assertThat(texts(page.run("print(\"next\")"))).containsExactly("next");
    }

    @Test
    void a_run_ends_at_its_limits_of_files_and_memory() throws IOException, InterruptedException {
        List<Event> files = page.run("save(zeros([1000, 1000]), \"a.npy\")\n" + ENDLESS);
        assertThat(files.getLast().data().path("reason").asText()).contains("--files");

        serve(new Limits(LONG, LONG, 1L << 20, 1L << 30, 3, LONG));
        List<Event> memory = page.run("x = zeros([1000, 1000])\n" + ENDLESS);
        assertThat(memory.getLast().data().path("reason").asText()).contains("--memory");
    }

    @Test
    void a_run_is_stopped_and_no_second_one_starts_meanwhile() throws IOException, InterruptedException {
        page.start(ENDLESS, Map.of(), false);
        HttpResponse<String> second = page.send("run", PageClient.object().put("text", "print(1)"));

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(page.ask("stop", "").path("stops").asBoolean()).isTrue();
        assertThat(state(page.events(0))).isEqualTo("stopped");
        assertThat(page.ask("stop", "").path("stops").asBoolean()).isFalse();
    }

    @Test
    void events_come_in_order_and_only_those_that_were_missed_come_again() throws IOException, InterruptedException {
        List<Event> events = page.run("print(\"one\")\nVP()\nprint(\"two\")\nplot(line([1, 2, 3]))\nfail(\"no\")");

        assertThat(events.stream().map(Event::type))
                .containsExactly("run", "text", "value", "text", "value", "problem", "run");
        assertThat(events.stream().map(Event::id)).isSorted();
        assertThat(events.get(2).data().path("html").asText()).startsWith("<math");
        assertThat(events.get(4).data().path("picture").asText()).startsWith("data:image/svg+xml;base64,");
        assertThat(page.events(events.get(3).id())).isEqualTo(events.subList(4, 7));
    }

    @Test
    void a_training_updates_one_curve_in_place() throws IOException, InterruptedException {
        List<Event> events = page.run(
                "data = moons(200)\nscore = train(mlp(hidden = 8, depth = 1), data, VP(), steps = 200, batch = 16)");

        List<Event> curves =
                events.stream().filter(event -> event.data().has("display")).toList();
        assertThat(curves).isNotEmpty();
        assertThat(curves.stream()
                        .map(each -> each.data().path("display").asText())
                        .distinct())
                .hasSize(1);
        assertThat(curves.getLast().text()).contains("train: 200 steps");
        assertThat(curves.getLast().data().path("picture").asText()).startsWith("data:image/svg+xml");
    }

    @Test
    void a_value_from_a_slider_replaces_that_of_the_script() throws IOException, InterruptedException {
        String script = "param n = 3  # samples\nparam noisy = true\nparam rate = -0.5\nprint(n, noisy, rate)";

        JsonNode controls = page.ask("check", script).path("parameters");

        assertThat(controls.path(0))
                .isEqualTo(PageClient.object()
                        .put("name", "n")
                        .put("about", "samples")
                        .put("written", "3")
                        .put("kind", "number")
                        .put("value", 3.0)
                        .put("min", 1.0)
                        .put("max", 6.0)
                        .put("step", 1.0));
        assertThat(controls.path(1).path("kind").asText()).isEqualTo("boolean");
        assertThat(controls.path(2).path("min").asDouble()).isEqualTo(-1);
        assertThat(controls.path(2).path("max").asDouble()).isZero();
        assertThat(texts(page.run(script, Map.of("n", "7", "noisy", "false", "rate", "0.25"))))
                .containsExactly("7 false 0.25");
    }

    @Test
    void errors_have_their_place_help_and_change_while_the_text_is_typed() throws IOException, InterruptedException {
        JsonNode findings = page.ask("check", "x = normal(0, 1)\ny = sampel(3)").path("findings");

        JsonNode unknown = findings.path(0);
        assertThat(unknown.path("code").asText()).isEqualTo("E0301");
        assertThat(unknown.path("line").asInt()).isEqualTo(2);
        assertThat(unknown.path("start").asInt()).isEqualTo(21);
        assertThat(unknown.path("end").asInt()).isEqualTo(27);
        assertThat(unknown.path("help").asText()).contains("sample");
        assertThat(unknown.path("fix").path("text").asText()).isEqualTo("sample");
    }

    @Test
    void every_process_is_derived_with_the_values_of_the_sliders() throws IOException, InterruptedException {
        String script = "param k = 4\nsde OU { t in [1e-5, 1]\n dx = -k*x dt + dw }\np = VE(hi = 10)\nx = 1";

        JsonNode first = page.derive(script, Map.of());
        JsonNode moved = page.derive(script, Map.of("k", "9"));

        assertThat(first.findValuesAsText("name")).containsExactly("OU", "p");
        assertThat(first.path(0).path("html").asText()).contains("<math", "Reverse", "Transition", "<mn>4</mn>");
        assertThat(moved.path(0).path("html").asText()).contains("<mn>9</mn>").doesNotContain("<mn>4</mn>");
        assertThat(moved.path(1)).isEqualTo(first.path(1));
    }

    @Test
    void a_derivation_runs_nothing_that_takes_long_and_survives_half_a_line() throws IOException, InterruptedException {
        String script = "p = VP()\nq = if count(train(mlp(), moons(10), p)) > 1 { p } else { VE() }\nx = (1 +";

        JsonNode derived = page.derive(script, Map.of());

        assertThat(derived.findValuesAsText("name")).contains("p").doesNotContain("q");
        assertThat(derived.path(0).path("html").asText()).contains("<math");
    }

    @Test
    void a_derivation_ends_at_its_limit_with_a_reason() throws IOException, InterruptedException {
        serve(new Limits(LONG, Duration.ofMillis(1), 1L << 30, 1L << 20, 3, LONG));

        JsonNode derived = page.derive(
                "p = OrnsteinUhlenbeck(theta = sum([sum([sum([i + j + k for k in 1..99]) for j in 1..99]) for i in 1..99]))",
                Map.of());

        assertThat(derived.path(0).path("reason").asText()).contains("takes longer");
    }

    @Test
    void completion_knows_the_script_and_no_file_outside() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("page"));
        Files.writeString(folder.resolve("page/given.csv"), "1\n");
        Files.writeString(folder.resolve("secret.csv"), "1\n");

        assertThat(offers("velocity = 1\nvelo")).contains("velocity");
        assertThat(offers("p = VP()\np.trans")).containsExactly("transition");
        assertThat(offers("x = pc(\nlangev")).contains("langevin");
        assertThat(offers("# langev")).isEmpty();
        assertThat(offers("csv(\"g")).containsExactly("given.csv");
        assertThat(offers("csv(\"../s")).isEmpty();
        assertThat(offers("csv(\"/")).isEmpty();
    }

    private List<String> offers(String text) throws IOException, InterruptedException {
        return PageClient.body(page.send(
                        "complete", PageClient.object().put("text", text).put("position", text.length())))
                .path("offers")
                .findValuesAsText("text");
    }

    @Test
    void tokens_have_the_colours_of_the_site() throws IOException, InterruptedException {
        assertThat(page.ask("colours", "param n = 3 # a"))
                .hasToString("[[0,5,\"keyword\"],[10,11,\"number\"],[12,15,\"comment\"]]");
    }

    @Test
    void only_so_many_tabs_are_open_and_a_closed_one_makes_room() throws IOException, InterruptedException {
        new PageClient(server.address());
        new PageClient(server.address());

        assertThat(page.post("tabs", PageClient.object()).statusCode()).isEqualTo(503);
        page.send("close", PageClient.object());
        assertThat(page.post("tabs", PageClient.object()).statusCode()).isEqualTo(200);
        assertThat(page.send("check", PageClient.object()).statusCode()).isEqualTo(410);
    }

    @Test
    void an_idle_tab_is_closed() throws IOException, InterruptedException {
        serve(new Limits(LONG, LONG, 1L << 30, 1L << 20, 3, Duration.ofMillis(1)));

        assertThat(page.events(0)).isEmpty();
        assertThat(page.send("check", PageClient.object()).statusCode()).isEqualTo(410);
    }

    @Test
    void a_request_that_is_no_object_or_too_long_is_refused() throws IOException, InterruptedException {
        String text = "x".repeat(Limits.REQUEST);

        assertThat(page.send("check", PageClient.object().put("text", text)).statusCode())
                .isEqualTo(400);
        assertThat(page.post("tabs", PageClient.object().arrayNode()).statusCode())
                .isEqualTo(400);
        assertThat(page.get("nothing").statusCode()).isEqualTo(404);
        assertThat(page.send("nothing", PageClient.object()).statusCode()).isEqualTo(404);
    }

    @Test
    void the_events_end_with_the_server() throws IOException, InterruptedException {
        page.start(ENDLESS, Map.of(), false);
        Thread ending = Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server.close();
        });

        List<Event> events = page.events(0);

        ending.join();
        assertThat(events.getFirst().type()).isEqualTo("run");
    }

    @Test
    void every_example_is_without_findings_and_has_a_title() throws IOException, InterruptedException {
        JsonNode examples = PageClient.body(page.get("examples"));

        assertThat(examples).hasSize(Examples.NAMES.size());
        for (JsonNode example : examples) {
            assertThat(page.ask("check", example.path("text").asText()).path("findings"))
                    .as(example.path("name").asText())
                    .isEmpty();
            assertThat(example.path("title").asText()).isNotBlank().doesNotStartWith("#");
        }
    }
}
