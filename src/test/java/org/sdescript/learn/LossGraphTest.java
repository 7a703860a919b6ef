package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

class LossGraphTest {
    private static final String NETWORK = "network line(x, t) = dense(x, 1)\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3                         | a number that does not depend on the network",
                "score(x0, 0.5)            | a tensor of shape [4, 1] and not a single number",
                "sum(score(x0, 0.5), axis = 1) | a tensor of shape [4] and not a single number",
                "[mean(score(x0, 0.5))]    | a list and not a single number"
            })
    void a_loss_that_is_no_single_number_of_the_network_is_refused(String loss, String returned) {
        Diagnostic error = refusal(loss);

        assertThat(error.code()).isEqualTo("E0803");
        assertThat(error.message()).endsWith(" returns " + returned);
        assertThat(error.span().orElseThrow().text()).startsWith("train(");
    }

    @Test
    void a_loss_without_the_network_is_refused() {
        assertThat(refusal("mean(x0)").code()).isEqualTo("E0905");
    }

    @Test
    void a_tensor_of_one_element_is_a_loss() {
        assertThat(losses(NETWORK
                        + trained("(score, process, x0) -> reshape(sum(x0) + 0*sum(score(x0, 0.5)), [1, 1])", 1)))
                .containsExactly(15);
    }

    /** The labels are 1, 2, 4 and 8 times 10, so their sum is 150 in each batch of all rows. */
    @Test
    void a_loss_takes_the_labels_by_their_name() {
        assertThat(losses(NETWORK
                        + "loss seen(score, process, x0, label) = sum(label) + sum(x0) + 0*sum(score(x0, 0.5))\n"
                        + trained("seen", 2)))
                .containsExactly(165, 165);
    }

    @Test
    void a_network_takes_the_labels_by_its_third_variable_and_the_loss_calls_a_score_of_x_and_t() {
        assertThat(losses("network told(x, t, kind) = 0*dense(x, 1) + reshape(kind, [-1, 1])\n"
                        + "score = train(told, labelled(x, y), VP(), steps = 1, batch = 4, predict = \"output\",\n"
                        + "    loss = (score, process, x0) -> sum(score(x0, 0.5)))\nprint(score.losses)"))
                .containsExactly(150);
    }

    @Test
    void a_training_traces_its_loss_once() {
        assertThat(tracedLosses(NETWORK + trained("(score, process, x0) -> mean(score(x0, 0.5)^2)", 6)))
                .isEqualTo(1);
        assertThat(tracedLosses(NETWORK
                        + trained("(score, process, x0) -> mean(score(x0, 0.5)^2)", 2)
                        + trained("(score, process, x0) -> mean(score(x0, 0.5)^2)", 2)))
                .isEqualTo(2);
    }

    private static String trained(String loss, int steps) {
        return "score = train(line, labelled(x, y), VP(), steps = %d, batch = 4, loss = %s)\nprint(score.losses)\n"
                .formatted(steps, loss);
    }

    private static Diagnostic refusal(String loss) {
        String text = script(NETWORK + trained("(score, process, x0) -> " + loss, 1));
        return catchThrowableOfType(SdeError.class, () -> Script.run(text))
                .diagnostics()
                .getFirst();
    }

    private static double[] losses(String text) {
        return Script.numbers(script(text));
    }

    private static String script(String text) {
        return "x = tensor([[1], [2], [4], [8]])\ny = tensor([10, 20, 40, 80])\n" + text;
    }

    private static long tracedLosses(String text) {
        List<String> names = new ArrayList<>();
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), Script.temporary(), null)) {
            session.onKernel((name, graph, parameters) -> names.add(name));
            Script.PIPELINE.run(
                    Script.PIPELINE.program(new Source("script.sde", script(text))),
                    Path.of("script.sde"),
                    ScriptParameters.of(Map.of()),
                    session);
        }
        return names.stream().filter("loss"::equals).count();
    }
}
