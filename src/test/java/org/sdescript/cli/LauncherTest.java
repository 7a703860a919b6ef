package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers on a simulated machine with chosen Java installations. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("readlink", "dirname", "sed", "head", "cat", "find", "mkdir", "cksum", "ls", "rm", "mv", "touch");
    private static final List<String> USUAL_PLACES = List.of("/usr/lib/jvm", "/Library/Java", "/opt");

    @TempDir
    private Path folder;

    private record Answer(String told, int status) {}

    @ParameterizedTest
    @ValueSource(strings = {"sde", "src/dist/bin/sde"})
    void without_a_jdk_it_says_what_to_install(String launcher) throws Exception {
        Answer answer = run(launcher);

        assertThat(answer.told())
                .startsWith("sde: no JDK 21 or newer was found")
                .contains("JAVA_HOME");
        assertThat(answer.status()).isEqualTo(Main.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sde", "src/dist/bin/sde"})
    void a_java_that_is_too_old_is_none(String launcher) throws Exception {
        java("jvm/old", "17.0.9");

        assertThat(run(launcher).told()).startsWith("sde: no JDK 21 or newer was found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/dist/bin/sde"})
    void the_first_that_is_new_enough_is_taken(String launcher) throws Exception {
        java("jvm/a-old", "1.8.0_392");
        java("jvm/b-new", "21.0.1");

        assertThat(run(launcher, "check", "a b.sde").told()).contains("jvm/b-new runs", "-jar", "check <a b.sde>");
    }

    /**
     * Otherwise a file that Java opens would get the number of the closed stream, and be read or written in its place.
     */
    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&- 2>&-"})
    void java_is_started_with_all_three_streams(String closed) throws Exception {
        Path answer = folder.resolve("answer");
        executable(folder.resolve("jvm/new/bin/java"), """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "21.0.1"' >&2; exit 0; fi
                echo a stream is closed >"%1$s"
                true 3<&0 && true 3<&1 && true 3<&2 && echo all are open >"%1$s"
                """.formatted(answer));
        run("src/dist/bin/sde", List.of("/bin/sh", "-c", "exec /bin/sh \"$@\" " + closed, "sh"), "check");

        assertThat(answer).content().isEqualTo("all are open\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sde", "src/dist/bin/sde"})
    void a_folder_that_was_deleted_is_told(String launcher) throws Exception {
        java("jvm/new", "21.0.1");
        String gone = "mkdir gone && cd gone && rm -r ../gone && exec /bin/sh \"$@\"";

        Answer answer = run(launcher, List.of("/bin/sh", "-c", "cd '" + folder + "' && " + gone, "sh"), "check");

        assertThat(answer.told())
                .contains("sde: the folder you are in was deleted")
                .doesNotContain("runs");
        assertThat(answer.status()).isEqualTo(Main.USAGE);
    }

    /** Java takes its encoding of file names from the locale, and the C library takes plain C for an unknown one. */
    @ParameterizedTest
    @ValueSource(strings = {"sde", "src/dist/bin/sde"})
    void a_locale_that_is_not_installed_is_replaced_by_one_of_utf_8(String launcher) throws Exception {
        String text = Files.readString(Path.of(launcher));
        String part = text.substring(text.indexOf("case ${LC_ALL"), text.indexOf("esac") + 4);
        ProcessBuilder unknown = new ProcessBuilder("/bin/sh", "-euc", part + "\nprintf %s \"$LC_ALL\"");
        unknown.environment().put("LC_ALL", "xx_XX.UTF-8");

        assertThat(new String(unknown.start().getInputStream().readAllBytes())).isEqualTo("C.UTF-8");
    }

    @Test
    void both_launchers_take_care_of_the_streams_alike() throws Exception {
        assertThat(streams("sde")).isEqualTo(streams("src/dist/bin/sde")).contains("exec </dev/null");
    }

    /** The JVM refuses the archive of other jars at each start, and does not renew it by itself. */
    @Test
    void an_archive_of_classes_is_made_once_for_each_set_of_jars() throws Exception {
        archivingJava("[ -z \"$archive\" ] || echo classes >\"$archive\"");
        Path jar = Files.createDirectories(folder.resolve("lib")).resolve("one.jar");
        Files.writeString(jar, "1");
        String first = usedArchive("check");

        assertThat(archives()).containsExactly(first);
        assertThat(folder.resolve(first)).content().isEqualTo("classes\n");
        assertThat(usedArchive("run")).isEqualTo(first);
        assertThat(folder.resolve("trained")).content().isEqualTo("once\n");

        Files.writeString(jar, "longer");
        String second = usedArchive("check");
        assertThat(archives()).containsExactly(second).doesNotContain(first);

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        String third = usedArchive("check");
        assertThat(archives()).containsExactly(third).doesNotContain(second);
        assertThat(folder.resolve("trained")).content().isEqualTo("once\nonce\nonce\n");
    }

    @Test
    void archives_of_other_places_stay() throws Exception {
        archivingJava("[ -z \"$archive\" ] || echo classes >\"$archive\"");
        Path other = Files.createDirectories(folder.resolve(".cache/sde")).resolve("1-2.jsa");
        Files.writeString(other, "of another place");

        usedArchive("check");

        assertThat(archives()).hasSize(2).contains(".cache/sde/1-2.jsa");
    }

    @Test
    void an_archive_that_cannot_be_made_is_not_tried_again() throws Exception {
        archivingJava("[ -z \"$archive\" ] || exit 1");

        assertThat(archives()).isEmpty();
        String archive = usedArchive("check");
        assertThat(folder.resolve(archive)).isEmptyFile();
        assertThat(usedArchive("check")).isEqualTo(archive);
        assertThat(folder.resolve("trained")).content().isEqualTo("once\n");
        assertThat(folder.resolve(".cache/sde")).isDirectoryNotContaining(file -> Files.isDirectory(file));
    }

    @Test
    void the_version_is_answered_without_making_an_archive() throws Exception {
        archivingJava("[ -z \"$archive\" ] || echo classes >\"$archive\"");
        usedArchive("--version");

        assertThat(folder.resolve("trained")).doesNotExist();
        assertThat(folder.resolve(".cache")).doesNotExist();
    }

    /**
     * Writes a java command that prints the archive it reads.
     *
     * @param making what it does with $archive, the file for the archive that it is asked to make, if any
     */
    private void archivingJava(String making) throws IOException {
        executable(folder.resolve("jvm/new/bin/java"), """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "21.0.1"' >&2; exit 0; fi
                archive=
                for word; do
                    case $word in
                    -XX:ArchiveClassesAtExit=*) archive=${word#*=} ;;
                    -XX:SharedArchiveFile=*) echo "${word#*=}" ;;
                    esac
                done
                [ -z "$archive" ] || echo once >>'%s'
                %s
                """.formatted(folder.resolve("trained"), making));
    }

    /** Runs the unpacked launcher; returns the archive that it names, below the test's folder. */
    private String usedArchive(String command) throws Exception {
        Answer answer = run("src/dist/bin/sde", command);
        assertThat(answer.status()).isZero();
        return folder.relativize(Path.of(answer.told().strip())).toString();
    }

    private List<String> archives() throws IOException {
        Path cache = Files.createDirectories(folder.resolve(".cache/sde"));
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(".jsa"))
                    .toList();
        }
    }

    private static String streams(String launcher) throws IOException {
        String text = Files.readString(Path.of(launcher));
        return text.substring(text.indexOf("# Opens closed standard streams"), text.indexOf("esac"));
    }

    /** Writes a script that answers like a java command. */
    private void java(String home, String version) throws IOException {
        executable(folder.resolve(home).resolve("bin/java"), """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "%s"' >&2; exit 0; fi
                echo "%s runs $*"
                for word; do last=$word; done
                echo "$# check <$last>"
                """.formatted(version, home));
    }

    /** Runs a copy of the launcher that searches for Java only in the test's folder. */
    private Answer run(String launcher, String... arguments) throws Exception {
        return run(launcher, List.of("/bin/sh"), arguments);
    }

    /** @param before the command that starts the launcher */
    private Answer run(String launcher, List<String> before, String... arguments) throws Exception {
        String text = Files.readString(Path.of(launcher));
        for (String place : USUAL_PLACES) {
            text = text.replace(place, folder.resolve("jvm").toString());
        }
        Path copy = executable(folder.resolve("bin/sde"), text);
        List<String> line = new ArrayList<>(before);
        line.add(copy.toString());
        line.addAll(List.of(arguments));
        File told = folder.resolve("told").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(told);
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("PATH", tools().toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Answer(Files.readString(told.toPath()), process.exitValue());
    }

    /** A folder with only the commands that a launcher needs. */
    private Path tools() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path found = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            if (!Files.exists(tools.resolve(tool))) {
                Files.createSymbolicLink(tools.resolve(tool), found);
            }
        }
        return tools;
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
