package org.sdescript.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.RecordedConsole;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.RunFiles;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import org.sdescript.torchscript.Archive;

/** Parcels that somebody has made to do harm are refused, and nothing of them is run or written. */
@Timeout(600)
class ParcelSafetyTest {
    private static final Pipeline PIPELINE = new Pipeline();

    @TempDir
    Path folder;

    private Path run;
    private RecordedConsole console;
    private Session session;
    private RunningScript script;

    @BeforeEach
    void open() throws IOException {
        run = Files.createDirectories(folder.resolve("a").resolve("run"));
        console = new RecordedConsole();
        session = new Session(Settings.standard(), console, run, null);
        script = PIPELINE.bind(run.resolve("script.sde"), ScriptParameters.of(Map.of()), session);
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(console.lines()).isEmpty();
    }

    private Object unpacked(Consumer<ParcelBytes> value) {
        ParcelBytes body = new ParcelBytes();
        value.accept(body);
        body.one(0);
        return new Parcel(body.toArray(), List.of("script.sde")).unpacked(script.interpreter());
    }

    private void refused(Consumer<ParcelBytes> value) {
        assertThatThrownBy(() -> unpacked(value)).isInstanceOf(Malformed.class);
    }

    @Test
    void what_is_written_by_hand_here_is_read_if_it_does_no_harm() {
        assertThat(unpacked(out -> {
                    out.tag(Tag.LIST);
                    out.number(2);
                    out.tag(Tag.TEXT);
                    out.text("a");
                    out.tag(Tag.TRUE);
                }))
                .isEqualTo(List.of("a", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.ProcessBuilder",
                "../../java/lang/Runtime",
                "cli.Main",
                "files.AtomicFile",
                "files.OutputFolders",
                "backend.ForeignModule",
                "runtime.Session",
                "runtime.RunFolders",
                "runtime.RunStop",
                "runtime.ErrorValue",
                "learn.Training",
                "runtime.NoSuchClass",
                "runtime.Value",
                "",
                "[Lorg.sdescript.runtime.Value;"
            })
    void objects_of_other_classes_are_not_made(String name) {
        refused(out -> {
            out.tag(Tag.OBJECT);
            out.text(name);
        });
        refused(out -> {
            out.tag(Tag.ENUM);
            out.text(name);
            out.text("INSTANCE");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch.from_file('a')", "torch.save(x, 'a')", "torch.load('a')"})
    void a_module_that_opens_files_is_not_loaded(String forward) {
        byte[] archive = Archive.of("  def forward(self, x: Tensor, t: Tensor):\n    return " + forward + "\n");
        Consumer<ParcelBytes> module = out -> {
            out.tag(Tag.MODULE);
            out.all(archive);
        };
        assertThatThrownBy(() -> unpacked(module)).isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                        error.diagnostics().getFirst().code())
                .isEqualTo("E0796"));
    }

    @Test
    void the_statements_of_a_script_are_not_run() {
        Source source = new Source("script.sde", """
                print("here")
                save([1], "written.npz")
                fn f() = 1
                """);
        assertThat(unpacked(out -> {
                    out.tag(Tag.NODE);
                    out.tag(Tag.SOURCE);
                    out.number(0);
                    out.text(source.text());
                    out.number(source.text().indexOf("fn"));
                    out.number(source.text().indexOf("fn") + "fn f() = 1".length());
                    out.text("Declaration");
                }))
                .isNotNull();
    }

    @Test
    void a_deep_nesting_is_refused() {
        int depth = 1_000_000;
        refused(out -> {
            for (int i = 0; i < depth; i++) {
                out.tag(Tag.LIST);
                out.number(1);
            }
            out.tag(Tag.TRUE);
        });
        refused(out -> {
            for (int i = 0; i < depth; i++) {
                out.tag(Tag.PRESENT);
            }
            out.tag(Tag.TRUE);
        });
    }

    @Test
    void a_script_of_deep_nesting_is_refused() {
        String deep = "x = " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
        assertThatThrownBy(() -> unpacked(out -> {
                    out.tag(Tag.NODE);
                    out.tag(Tag.SOURCE);
                    out.number(0);
                    out.text(deep);
                    out.number(0);
                    out.number(1);
                    out.text("Lambda");
                }))
                .isInstanceOfAny(Malformed.class, SdeError.class);
    }

    /** Each list says that it is as long as the rest of the parcel; the memory of all of them would be terabytes. */
    @Test
    void long_lists_in_long_lists_take_no_memory() {
        int rest = 50_000_000;
        refused(out -> {
            for (int i = 0; i < 1000; i++) {
                out.tag(Tag.LIST);
                out.number(rest);
            }
            for (int i = 0; i < rest / 4; i++) {
                out.number(-1);
            }
        });
    }

    private static Stream<Tag> lengths() {
        return Stream.of(
                Tag.TEXT,
                Tag.BIG_INTEGER,
                Tag.DOUBLES,
                Tag.DOUBLE_ROWS,
                Tag.LONGS,
                Tag.BYTES,
                Tag.INTS,
                Tag.LIST,
                Tag.MAP,
                Tag.SET,
                Tag.PATH,
                Tag.WORD,
                Tag.MODULE,
                Tag.PARAMETERS,
                Tag.AGAIN,
                Tag.LIBRARY,
                Tag.LEFT);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void a_length_beyond_the_bytes_that_are_there_is_refused(Tag tag) {
        for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 28}) {
            refused(out -> {
                out.tag(tag);
                out.number(length);
            });
        }
    }

    private static Stream<long[]> shapes() {
        return Stream.of(
                new long[] {1L << 32, 1L << 32},
                new long[] {-1, -1},
                new long[] {Long.MAX_VALUE},
                new long[] {Long.MIN_VALUE, 2},
                new long[] {1 << 20});
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_tensor_whose_elements_are_not_there_is_refused(long[] sizes) {
        refused(out -> {
            out.tag(Tag.TENSOR);
            out.text("FLOAT32");
            out.number(sizes.length);
            for (long size : sizes) {
                out.number(size);
            }
            out.all(new byte[4]);
        });
    }

    /** It has no elements, so all of them are there. */
    @Test
    void an_empty_tensor_of_a_huge_size_takes_no_memory() {
        Consumer<ParcelBytes> tensor = out -> {
            out.tag(Tag.TENSOR);
            out.text("FLOAT32");
            out.number(2);
            out.number(0L);
            out.number(1L << 62);
            out.all(new byte[0]);
        };
        assertThat(((Tensor) unpacked(tensor)).shape().elements()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1 << 28, 1})
    void names_beyond_the_bytes_that_are_there_are_refused(int count) {
        byte[] bytes =
                ByteBuffer.allocate(8).putInt(count).putInt(Integer.MAX_VALUE).array();
        assertThatThrownBy(() -> Parcel.of(bytes)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "x/../../outside", "/outside", ".", "", "x/..", "../run2/file"})
    void files_of_a_run_outside_of_its_folder_are_not_written(String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("inside", new byte[1]);
        files.put(name.equals("/outside") ? folder.resolve("outside").toString() : name, new byte[1]);

        assertThatThrownBy(() -> new RunFiles(files).writeBelow(run)).isInstanceOf(IllegalArgumentException.class);
    }
}
