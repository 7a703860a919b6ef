package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** A preview is the picture that a script would draw of the same samples. */
class PreviewTest {
    @Test
    void images_are_drawn_numbers_counted_and_points_of_the_plane_scattered() {
        Path folder = Script.temporary();
        Script.run("""
                p = VP()
                score = normal().score(p)
                fn drawn(shape) = sample(p, score, n = 6, shape = shape, using = pc(steps = 2), seed = 0)
                preview(p, score, "images.png", n = 6, shape = [1, 4, 4], steps = 2)
                plot(grid(drawn([1, 4, 4])), to = "images-expected.png")
                preview(p, score, "numbers.svg", n = 6, shape = [1], steps = 2)
                plot(hist(drawn([1])), to = "numbers-expected.svg")
                preview(p, score, "points.svg", n = 6, shape = [2], steps = 2)
                plot(scatter(drawn([2])), to = "points-expected.svg")
                preview(p, score, "first.svg", n = 6, shape = [3], steps = 2)
                plot(scatter(drawn([3])[:, 0:2]), to = "first-expected.svg")
                """, folder);
        for (String file : List.of("images.png", "numbers.svg", "points.svg", "first.svg")) {
            assertThat(folder.resolve(file)).hasSameBinaryContentAs(folder.resolve(file.replace(".", "-expected.")));
        }
    }

    @Test
    void a_preview_is_no_work_of_the_run() {
        Path folder = Script.temporary();
        Source source = new Source("script.sde", """
                train(mlp(hidden = 2, depth = 1), moons(16), VP(), steps = 1, batch = 4, preview = 1)
                """);
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), folder, folder)) {
            Script.PIPELINE.run(
                    Script.PIPELINE.program(source),
                    folder.resolve("script.sde"),
                    ScriptParameters.of(Map.of()),
                    session);

            assertThat(folder.resolve("preview/step-0000001.png")).isNotEmptyFile();
            assertThat(session.log().work())
                    .extracting(entry -> entry.get("call"))
                    .containsExactly("train");
        }
    }
}
