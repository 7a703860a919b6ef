package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.pipeline.Pipeline;

class WebHelpTest {
    @TempDir
    private Path cache;

    private WebHelp help() {
        return new WebHelp(new Pipeline(), Map.of("XDG_CACHE_HOME", cache.toString()));
    }

    @Test
    void names_themes_errors_and_commands_have_their_place() {
        assertThat(help().place("langevin", false)).hasValue("reference/sampling.html#langevin");
        assertThat(help().place("sampling", false)).hasValue("reference/sampling.html");
        assertThat(help().place("e0203", false)).hasValue("errors/E02.html#e0203-a-term-without-a-differential");
        assertThat(help().place("fmt", true)).hasValue("running.html");
        assertThat(help().place("lagnevin", false)).isEmpty();
    }

    @Test
    void the_site_is_written_once_to_the_cache_of_the_user() throws IOException {
        Path site = help().site();
        Path page = site.resolve("reference/sampling.html");

        assertThat(site).hasParent(cache.resolve("sde"));
        assertThat(page).content().contains("id=\"langevin\"");
        Files.writeString(page, "as it was");
        assertThat(help().site()).isEqualTo(site);
        assertThat(page).hasContent("as it was");
    }

    @Test
    void each_platform_opens_addresses_with_its_own_program() {
        assertThat(Browser.opener("Linux", Map.of("DISPLAY", ":0"))).isEqualTo(List.of("xdg-open"));
        assertThat(Browser.opener("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0")))
                .isEqualTo(List.of("xdg-open"));
        assertThat(Browser.opener("Linux", Map.of())).isEmpty();
        assertThat(Browser.opener("Mac OS X", Map.of())).isEqualTo(List.of("open"));
        assertThat(Browser.opener("Windows 11", Map.of())).startsWith("rundll32");
        assertThat(Browser.show("file:///nowhere", Map.of())).isFalse();
    }
}
