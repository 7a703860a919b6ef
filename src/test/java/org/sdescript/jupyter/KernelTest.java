package org.sdescript.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.display.MessageJson;

/** The protocol of Jupyter, spoken by a client over ZeroMQ. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelTest {
    private static final String ESCAPE = "\u001B[";

    @TempDir
    private static Path folder;

    private KernelClient client;

    @BeforeAll
    void start() throws IOException {
        client = new KernelClient(folder);
    }

    @AfterAll
    void stop() {
        client.close();
    }

    private static ObjectNode code(String code) {
        return MessageJson.object().put("code", code);
    }

    private static ObjectNode at(String code, int position) {
        return code(code).put("cursor_pos", position);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    @Test
    void the_kernel_says_what_it_is_on_both_channels() {
        for (Sockets.Channel channel : List.of(Sockets.Channel.SHELL, Sockets.Channel.CONTROL)) {
            ObjectNode info = client.ask(channel, "kernel_info_request", MessageJson.object())
                    .reply();

            assertThat(info.path("protocol_version").asText()).isEqualTo("5.3");
            assertThat(info.path("language_info").path("file_extension").asText())
                    .isEqualTo(".sde");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel_info_request",
                "execute_request",
                "complete_request",
                "inspect_request",
                "is_complete_request",
                "history_request",
                "comm_info_request"
            })
    void every_request_is_framed_by_busy_and_idle(String type) {
        KernelClient.Answer answer = client.ask(type, at("1 + 1", 1));

        assertThat(answer.types()).first().isEqualTo("status");
        assertThat(answer.types()).last().isEqualTo("status");
        assertThat(answer.published()
                        .getFirst()
                        .content()
                        .path("execution_state")
                        .asText())
                .isEqualTo("busy");
        assertThat(answer.ofType("status")).hasSize(2);
        assertThat(answer.status()).isIn("ok", "complete");
    }

    @Test
    void the_last_value_is_the_result_and_earlier_ones_are_shown_in_their_order() {
        KernelClient.Answer answer = client.run("1 + 1\nprint(\"said\")\n3 + 4");

        assertThat(answer.types())
                .containsExactly("status", "execute_input", "display_data", "stream", "execute_result", "status");
        assertThat(answer.data("display_data").path("text/plain").asText()).isEqualTo("2");
        assertThat(answer.stream("stdout")).isEqualTo("said\n");
        assertThat(answer.data("execute_result").path("text/plain").asText()).isEqualTo("7");
        assertThat(answer.ofType("execute_result").getFirst().content().path("execution_count"))
                .isEqualTo(answer.reply().path("execution_count"));
    }

    @Test
    void cells_share_names() {
        client.run("shared = 5");

        assertThat(client.run("shared + 1")
                        .data("execute_result")
                        .path("text/plain")
                        .asText())
                .isEqualTo("6");
    }

    @Test
    void a_silent_cell_publishes_nothing_and_is_not_counted() {
        int before = client.run("0").reply().path("execution_count").asInt();
        KernelClient.Answer silent = client.ask(
                "execute_request",
                code("quiet = 1\nprint(\"x\")\nline([1, 2])\nquiet").put("silent", true));

        assertThat(silent.types()).containsExactly("status", "status");
        assertThat(silent.reply().path("execution_count").asInt()).isEqualTo(before);
        assertThat(client.run("quiet").reply().path("execution_count").asInt()).isEqualTo(before + 1);
    }

    @Test
    void a_failing_cell_publishes_one_error_drawn_in_colours_at_the_line_of_the_cell() {
        KernelClient.Answer answer = client.run("%type 1\n\n\nmisspelt(1)\n");

        assertThat(answer.ofType("error")).hasSize(1);
        JsonNode error = answer.ofType("error").getFirst().content();
        assertThat(error.path("ename").asText()).isEqualTo("E0301");
        assertThat(error.path("evalue").asText()).contains("misspelt");
        assertThat(String.join("\n", texts(error.path("traceback"))))
                .contains(ESCAPE, ":4:1", "^^^^^^^^", "explain E0301");
        assertThat(answer.status()).isEqualTo("error");
        assertThat(answer.reply().path("traceback")).isEqualTo(error.path("traceback"));
    }

    @Test
    void statements_before_an_error_keep_their_effect() {
        assertThat(client.run("before = 1\nzeros([2, 3]) @ zeros([2, 3])").status())
                .isEqualTo("error");
        assertThat(client.run("before").status()).isEqualTo("ok");
    }

    /** Starts a cell that runs until it is interrupted, which fails it; returns when it runs. */
    private String startEndless(boolean stopsOthers) {
        String id = client.send(
                Sockets.Channel.SHELL,
                "execute_request",
                code("print(\"begun\")\nwhile true { x = 1 }").put("stop_on_error", stopsOthers));
        client.publishedUntil(id, message -> message.type().equals("stream"));
        return id;
    }

    /** Interrupts the cell that runs, after the kernel has received what was sent before. */
    private void failRunning() {
        client.beat("ping");
        client.ask(Sockets.Channel.CONTROL, "interrupt_request", MessageJson.object());
    }

    @Test
    void cells_that_wait_behind_a_failing_one_are_aborted() {
        String failing = startEndless(true);
        String next = client.start("aborted_name = 1");
        failRunning();
        client.publishedUntil(failing, KernelClient::isIdle);

        assertThat(client.reply(Sockets.Channel.SHELL).content().path("status").asText())
                .isEqualTo("error");
        assertThat(client.answer(Sockets.Channel.SHELL, next, List.of()).status())
                .isEqualTo("aborted");
        assertThat(client.run("aborted_name").status()).isEqualTo("error");
    }

    @Test
    void a_request_may_ask_that_the_cells_behind_it_run() {
        startEndless(false);
        String next = client.start("1");
        failRunning();

        assertThat(client.reply(Sockets.Channel.SHELL).content().path("status").asText())
                .isEqualTo("error");
        assertThat(client.answer(Sockets.Channel.SHELL, next, List.of()).status())
                .isEqualTo("ok");
    }

    @Test
    void expressions_of_the_user_are_answered_each_for_itself() {
        ObjectNode wanted = code("known = 2");
        wanted.putObject("user_expressions").put("good", "known + 1").put("bad", "unknown_name");
        JsonNode answers = client.ask("execute_request", wanted).reply().path("user_expressions");

        assertThat(answers.path("good").path("data").path("text/plain").asText())
                .isEqualTo("3");
        assertThat(answers.path("bad").path("status").asText()).isEqualTo("error");
        assertThat(answers.path("bad").path("ename").asText()).isEqualTo("E0301");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lange                 | langevin        | 0",
                "x = 1; reverse_diff   | reverse_diffusion | 7",
                "# 𝒳𝒴 beyond; lange    | -               | 0",
                "s = \"𝒳𝒴\"; lange      | langevin        | 10",
                "help lange            | langevin        | 5",
                "%ti                   | time            | 1",
                ":ti                   | time            | 1",
                "VP(be                 | 'beta = '       | 3"
            })
    void completions_count_code_points(String text, String match, int start) {
        ObjectNode reply = client.ask("complete_request", at(text, text.codePointCount(0, text.length())))
                .reply();

        if (!match.equals("-")) {
            assertThat(texts(reply.path("matches"))).contains(match);
            assertThat(reply.path("cursor_start").asInt()).isEqualTo(start);
        }
        assertThat(reply.path("cursor_end").asInt()).isEqualTo(text.codePointCount(0, text.length()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "langevin           | 3  | langevin",
                "\"𝒳\"; langevin(   | 14 | snr",
                "pc(steps = 3       | 12 | sampler pc",
                "VP()               | 3  | sde VP"
            })
    void the_page_of_the_name_at_the_cursor_or_of_the_call_around_it_is_found(String text, int position, String words) {
        ObjectNode reply = client.ask("inspect_request", at(text, position)).reply();

        assertThat(reply.path("found").asBoolean()).isTrue();
        assertThat(reply.path("data").path("text/plain").asText()).contains(words);
        assertThat(reply.path("data").path("text/markdown").asText()).contains(words);
    }

    @Test
    void the_page_of_a_bound_name_begins_with_its_value() {
        client.run("bound = VE()");

        assertThat(client.ask("inspect_request", at("bound", 2))
                        .reply()
                        .path("data")
                        .path("text/plain")
                        .asText())
                .startsWith("bound = dx = ");
        assertThat(client.ask("inspect_request", at("no_such_name", 2))
                        .reply()
                        .path("found")
                        .asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 1               | complete   | -",
                "fn f(x) {           | incomplete | 2",
                "f([g(               | incomplete | 6",
                "1 + )               | invalid    | -",
                "%time f(            | incomplete | 2",
                "langevin?           | complete   | -",
                "%names              | complete   | -"
            })
    void completeness_is_known(String text, String status, String indent) {
        ObjectNode reply = client.ask("is_complete_request", code(text)).reply();

        assertThat(reply.path("status").asText()).isEqualTo(status);
        assertThat(
                        reply.has("indent")
                                ? String.valueOf(reply.path("indent").asText().length())
                                : "-")
                .isEqualTo(indent);
    }

    @Test
    void the_history_is_found_by_its_end_by_numbers_and_by_pattern() {
        int line = client.run("in_history = 1").reply().path("execution_count").asInt();
        client.run("in_history = 2");
        ObjectNode tail = MessageJson.object().put("hist_access_type", "tail").put("n", 2);
        ObjectNode range = MessageJson.object()
                .put("hist_access_type", "range")
                .put("session", 0)
                .put("start", line)
                .put("stop", line + 1);
        ObjectNode search = MessageJson.object()
                .put("hist_access_type", "search")
                .put("pattern", "in_hist*1")
                .put("output", true);

        assertThat(entries(tail)).containsExactly("in_history = 1", "in_history = 2");
        assertThat(entries(range)).containsExactly("in_history = 1");
        assertThat(client.ask("history_request", search)
                        .reply()
                        .path("history")
                        .path(0)
                        .path(2)
                        .path(0)
                        .asText())
                .isEqualTo("in_history = 1");
    }

    private List<String> entries(ObjectNode wanted) {
        List<String> sources = new ArrayList<>();
        client.ask("history_request", wanted)
                .reply()
                .path("history")
                .forEach(entry -> sources.add(entry.path(2).asText()));
        return sources;
    }

    @Test
    void a_communication_that_nobody_serves_is_closed() {
        String id = client.send(
                Sockets.Channel.SHELL, "comm_open", MessageJson.object().put("comm_id", "c1"));
        List<Message> published = client.publishedUntil(id, KernelClient::isIdle);

        assertThat(published.stream().map(Message::type)).contains("comm_close");
        assertThat(client.ask("comm_info_request", MessageJson.object()).reply().path("comms"))
                .isEmpty();
    }

    @Test
    void unknown_messages_and_input_that_nobody_asked_for_are_ignored() {
        String id = client.send(Sockets.Channel.SHELL, "no_such_request", MessageJson.object());
        client.send(Sockets.Channel.STDIN, "input_reply", MessageJson.object().put("value", "x"));

        assertThat(client.publishedUntil(id, KernelClient::isIdle)).hasSize(2);
        assertThat(client.run("1").status()).isEqualTo("ok");
    }

    @Test
    void messages_that_are_broken_or_wrongly_signed_change_nothing() {
        List<byte[]> good = Message.of(List.of(), "execute_request", "client", MessageJson.object(), code("forged = 1"))
                .frames(new MessageSignature("hmac-sha256", "another key"));
        client.send(Sockets.Channel.SHELL, good);
        client.send(Sockets.Channel.SHELL, good.subList(0, 3));
        client.send(Sockets.Channel.CONTROL, List.of(new byte[] {0, 1, 2}));
        client.send(Sockets.Channel.SHELL, List.of("<IDS|MSG>".getBytes(StandardCharsets.US_ASCII)));
        List<byte[]> noJson = Stream.of("<IDS|MSG>", "", "{", "[]", "3", "")
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList();
        client.send(Sockets.Channel.SHELL, noJson);

        assertThat(client.run("forged").reply().path("ename").asText()).isEqualTo("E0301");
    }

    @Test
    void the_signature_is_the_hmac_of_rfc_4231() {
        byte[] signature = new MessageSignature("hmac-sha256", "Jefe")
                .of(List.of(
                        "what do ya want ".getBytes(StandardCharsets.US_ASCII),
                        "for nothing?".getBytes(StandardCharsets.US_ASCII)));

        assertThat(new String(signature, StandardCharsets.US_ASCII))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(new MessageSignature("hmac-sha256", "").of(List.of())).isEmpty();
    }

    @Test
    void an_endless_cell_is_interrupted_while_the_heart_beats() {
        String id = client.start("print(\"begun\")\nloops = 0\nwhile true { loops = loops + 1 }");
        List<Message> before =
                client.publishedUntil(id, message -> message.type().equals("stream"));

        assertThat(client.beat("ping")).isEqualTo("ping");
        assertThat(client.ask(Sockets.Channel.CONTROL, "interrupt_request", MessageJson.object())
                        .status())
                .isEqualTo("ok");
        KernelClient.Answer answer = client.answer(Sockets.Channel.SHELL, id, before);
        assertThat(answer.ofType("error")).hasSize(1);
        assertThat(answer.reply().path("ename").asText()).isEqualTo("KeyboardInterrupt");
        assertThat(client.run("loops > 0")
                        .data("execute_result")
                        .path("text/plain")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void an_interrupt_is_heard_as_soon_as_the_kernel_says_that_it_is_busy() {
        for (int i = 0; i < 20; i++) {
            String id = client.start("repeat 1_000_000 { x = 1 }");
            List<Message> before = client.publishedUntil(
                    id,
                    message ->
                            message.content().path("execution_state").asText().equals("busy"));
            client.kernel.interrupt();

            assertThat(client.answer(Sockets.Channel.SHELL, id, before)
                            .reply()
                            .path("ename")
                            .asText())
                    .isEqualTo("KeyboardInterrupt");
        }
    }

    @Test
    void an_interrupted_expression_of_the_user_fails_alone_and_is_no_bug() {
        ObjectNode wanted = code("fn endless() {\n  print(\"begun\")\n  while true { x = 1 }\n  return 1\n}");
        wanted.putObject("user_expressions").put("endless", "endless()");
        String id = client.send(Sockets.Channel.SHELL, "execute_request", wanted);
        List<Message> before = client.publishedUntil(
                id,
                message -> message.type().equals("stream")
                        && message.content().path("text").asText().contains("begun"));
        client.kernel.interrupt();
        ObjectNode reply = client.answer(Sockets.Channel.SHELL, id, before).reply();

        assertThat(reply.path("status").asText()).isEqualTo("ok");
        assertThat(reply.path("user_expressions").path("endless").path("ename").asText())
                .isEqualTo("KeyboardInterrupt");
    }

    @Test
    void a_failed_cell_shows_its_last_value_and_has_no_result() {
        assertThat(client.run("7\nfail(\"no further\")").types())
                .containsExactly("status", "execute_input", "display_data", "error", "status");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1\\n%time misspelt(1)           | 2:1",
                "%%time\\na = 1\\nmisspelt(a)    | 3:1",
                "\\n%%time\\na = 1\\nmisspelt(a) | 4:1",
                "1\\n%type misspelt(1)           | 2:1",
                "1\\n%dump ast misspelt(1)       | 2:1"
            })
    void an_error_in_a_command_stands_at_its_line_of_the_cell(String cell, String place) {
        ObjectNode reply = client.run(cell.replace("\\n", "\n")).reply();

        assertThat(String.join("\n", texts(reply.path("traceback"))))
                .containsPattern("cell [0-9]+:" + place)
                .doesNotContain("prompt");
    }

    @Test
    void an_interrupt_between_cells_stops_nothing() {
        client.ask(Sockets.Channel.CONTROL, "interrupt_request", MessageJson.object());

        assertThat(client.run("repeat 10 { 1 }").status()).isEqualTo("ok");
    }

    @Test
    void an_interrupted_training_binds_its_model_and_its_curve_is_one_display() {
        client.run("fn rate(k) { if k == 3 { print(\"third step\") }; return 1e-3 }");
        String id = client.start("partly = train(mlp(hidden = 4, depth = 1), moons(64), VP(), steps = 200_000,"
                + " optimizer = adam(learning_rate = rate))");
        List<Message> before =
                client.publishedUntil(id, message -> message.type().equals("stream"));
        client.ask(Sockets.Channel.CONTROL, "interrupt_request", MessageJson.object());
        KernelClient.Answer answer = client.answer(Sockets.Channel.SHELL, id, before);

        assertThat(answer.reply().path("ename").asText()).isEqualTo("KeyboardInterrupt");
        assertThat(answer.stream("stderr")).contains("`partly` is the model after");
        Message curve = answer.ofType("display_data").getFirst();
        assertThat(answer.ofType("display_data")).hasSize(1);
        assertThat(curve.content().path("data").path("image/svg+xml").asText()).contains("<svg", "loss");
        assertThat(answer.ofType("update_display_data"))
                .allSatisfy(update -> assertThat(update.content().path("transient"))
                        .isEqualTo(curve.content().path("transient")));
        assertThat(client.run("len(partly.losses) >= 3")
                        .data("execute_result")
                        .path("text/plain")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void lines_of_a_fast_loop_all_arrive_in_their_order() {
        KernelClient.Answer answer = client.run("for k in 1..5000 { print(k) }");

        assertThat(answer.stream("stdout").lines())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 5000).mapToObj(String::valueOf).toList());
        assertThat(answer.ofType("stream").size()).isLessThan(2500);
    }

    @Test
    void pages_are_asked_for_with_a_question_mark_or_with_help() {
        for (String asked : List.of("langevin?", "?langevin", "langevin??")) {
            KernelClient.Answer answer = client.run(asked);
            JsonNode payload = answer.reply().path("payload").path(0);

            assertThat(payload.path("source").asText()).isEqualTo("page");
            assertThat(payload.path("data").path("text/plain").asText()).contains("corrector langevin");
        }
        for (String asked : List.of("help langevin", "help(langevin)", ":help langevin", "%help langevin")) {
            assertThat(client.run(asked)
                            .data("display_data")
                            .path("text/markdown")
                            .asText())
                    .contains("corrector langevin");
        }
        assertThat(client.run("lagnevin?").reply().path("evalue").asText()).contains("did you mean `langevin`?");
    }

    @Test
    void commands_are_those_of_the_prompt_after_a_percent_sign_or_a_colon() {
        for (String sign : List.of("%", ":")) {
            assertThat(client.run(sign + "type VP()").stream("stdout")).contains("a process");
            assertThat(client.run("measured = 1\n" + sign + "time measured + 1\nmeasured")
                            .data("execute_result")
                            .path("text/plain")
                            .asText())
                    .isEqualTo("1");
        }
        assertThat(client.run("%%time\na = 1\na + 1").stream("stderr")).contains(" s (");
        assertThat(client.run("%nothing").reply().path("evalue").asText()).contains("there is no command");
        assertThat(client.run("%quit")
                        .reply()
                        .path("payload")
                        .path(0)
                        .path("source")
                        .asText())
                .isEqualTo("ask_exit");
    }

    @Test
    void pictures_are_shown_in_the_notebook_and_written_where_the_script_says() {
        KernelClient.Answer shown = client.run("plot(line([1, 4, 9]))");
        KernelClient.Answer written = client.run("plot(line([1, 4, 9]), to = \"line.png\")");
        KernelClient.Answer moving = client.run("animate([line([1, 2]), line([2, 1])], to = \"lines.gif\")");

        assertThat(shown.data("display_data").path("image/svg+xml").asText()).contains("<svg");
        assertThat(shown.stream("stderr")).isEmpty();
        assertThat(written.data("display_data").path("image/png").asText()).startsWith("iVBOR");
        assertThat(moving.data("display_data").path("image/gif").asText()).startsWith("R0lGOD");
        assertThat(folder.resolve("files").resolve("line.png")).exists();
        assertThat(folder.resolve("files").resolve("plot.png")).doesNotExist();
    }

    @Test
    void warnings_stand_on_the_stream_of_errors_and_fail_nothing() {
        KernelClient.Answer answer = client.run("fn unused(x) { x + 1 }");

        assertThat(answer.status()).isEqualTo("ok");
        assertThat(answer.stream("stderr")).contains("warning");
    }
}
