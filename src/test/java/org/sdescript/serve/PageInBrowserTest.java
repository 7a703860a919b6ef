package org.sdescript.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Settings;

/** The page in Chromium. Skipped where Debian's packages chromium and chromium-driver are not installed. */
@Timeout(600)
class PageInBrowserTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String ENDED = "/after/.test(document.querySelector('#state').textContent)";

    @TempDir
    private Path folder;

    private PageServer server;
    private ChromiumDriver browser;

    @BeforeEach
    void the_page_is_open() throws IOException, InterruptedException {
        assumeTrue(ChromiumDriver.isInstalled(), "chromium and chromedriver are not installed");
        Limits limits = new Limits(LONG, LONG, 1L << 30, 1L << 24, 8, LONG);
        server = new PageServer(new Pipeline(), Settings.standard(), OutputFolders.of(folder), limits, 0);
        server.start();
        browser = new ChromiumDriver();
    }

    @AfterEach
    void close() throws IOException {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    private void open(String script) throws IOException, InterruptedException {
        String fragment =
                Base64.getUrlEncoder().withoutPadding().encodeToString(script.getBytes(StandardCharsets.UTF_8));
        browser.open(server.address() + "#s=" + fragment);
        browser.await("document.querySelector('#text').value.length > 0");
    }

    @Test
    void typing_is_coloured_completed_and_checked() throws IOException, InterruptedException {
        open("velocity = 1");
        browser.type("#text", ChromiumDriver.SELECT_ALL + ChromiumDriver.BACKSPACE + "velocity = 1\nprint(velo");
        browser.type("#text", ChromiumDriver.TAB);
        browser.await("document.querySelector('#text').value.endsWith('velocity')");
        browser.type("#text", ")\nsampel(1)");
        browser.await("document.querySelector('#findings').textContent.includes('sampel')");
        browser.await("document.querySelector('#layer .number')");

        assertThat(browser.script("document.querySelector('#text').value").asText())
                .startsWith("velocity = 1\nprint(velocity)");
        assertThat(browser.text("#findings")).contains("line 3", "E0301", "sampel", "help:");
        assertThat(browser.text("#layer .error")).isEqualTo("sampel");

        browser.script("document.querySelector('#findings p button').click()");
        browser.await("!document.querySelector('#findings li')?.textContent.includes('sampel')");
        assertThat(browser.script("document.querySelector('#text').value").asText())
                .contains("sample(1)");
    }

    @Test
    void a_slider_changes_the_derivation_and_the_run() throws IOException, InterruptedException {
        open("param k = 4\nsde P { t in [1e-5, 1]\n dx = -k*x dt + dw }\nprint(k)");
        browser.await("document.querySelector('#derivation math')");
        assertThat(browser.text("#derivation math mn")).isEqualTo("4");

        browser.script(
                "(s => { s.value = 7; s.dispatchEvent(new Event('input')); })(document.querySelector('#param-k'))");
        browser.await("document.querySelector('#derivation math mn').textContent === '7'");
        browser.type("#text", ChromiumDriver.CONTROL_ENTER);
        browser.await(ENDED);

        assertThat(browser.text("#output")).isEqualTo("7");
    }

    @Test
    void half_a_line_keeps_the_last_derivation() throws IOException, InterruptedException {
        open("p = VP()");
        browser.await("document.querySelector('#derivation math')");
        browser.type("#text", "\nx = (1 +");
        browser.await("document.querySelector('#derivation.stale')");

        assertThat(browser.text("#derivation math")).isNotEmpty();
        assertThat(browser.text("#note")).contains("errors");
    }

    @Test
    void a_training_shows_its_curve_and_a_plot_its_picture() throws IOException, InterruptedException {
        open("data = moons(200)\nscore = train(mlp(hidden = 8, depth = 1), data, VP(), steps = 200, batch = 16)\n"
                + "plot(scatter(data))\nreverse(VP())");
        browser.type("#text", ChromiumDriver.CONTROL_ENTER);
        browser.await(ENDED);

        assertThat(browser.script("document.querySelectorAll('#output img').length")
                        .asInt())
                .isEqualTo(2);
        assertThat(browser.script("document.querySelector('#output img').naturalWidth > 0 && "
                                + "document.querySelector('#output img').alt.startsWith('train: 200')")
                        .asBoolean())
                .isTrue();
        assertThat(browser.text("#output math")).isNotEmpty();
        assertThat(browser.text("#state")).startsWith("done");
    }

    @Test
    void two_tabs_have_their_own_names_and_one_is_stopped() throws IOException, InterruptedException {
        open("a = 1\nwhile true { a = a + 1 }");
        String first = browser.tab();
        browser.type("#text", ChromiumDriver.CONTROL_ENTER);
        browser.await("!document.querySelector('#stop').disabled");
        browser.openTab();
        open("print(a)");
        browser.type("#text", ChromiumDriver.SHIFT_ENTER);
        browser.await(ENDED);

        assertThat(browser.text("#output")).contains("E0301");
        browser.use(first);
        browser.script("document.querySelector('#stop').click()");
        browser.await(ENDED);
        assertThat(browser.text("#state")).startsWith("stopped");
    }

    @Test
    void a_stopped_server_is_said_and_the_script_stays() throws IOException, InterruptedException {
        open("print(1)");
        browser.await("source && source.readyState === EventSource.OPEN");
        server.close();
        browser.await("!document.querySelector('#banner').hidden");

        assertThat(browser.text("#banner")).contains("stopped", "sde serve");
        assertThat(browser.script("document.querySelector('#text').value").asText())
                .isEqualTo("print(1)");
    }

    @Test
    void a_shared_link_holds_script_and_sliders() throws IOException, InterruptedException {
        open("param k = 4\nprint(k)");
        browser.await("document.querySelector('#param-k')");
        browser.script(
                "(s => { s.value = 6; s.dispatchEvent(new Event('input')); })(document.querySelector('#param-k'))");
        browser.script("document.querySelector('#share').click()");
        browser.await("location.hash.startsWith('#z=')");
        String link = browser.script("location.href").asText();

        browser.openTab();
        browser.open(link);
        browser.await("document.querySelector('#param-k')");

        assertThat(browser.script("document.querySelector('#text').value").asText())
                .isEqualTo("param k = 4\nprint(k)");
        assertThat(browser.script("document.querySelector('#param-k').value").asText())
                .isEqualTo("6");
    }
}
