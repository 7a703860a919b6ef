package org.sdescript.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;

class MemoryLimitTest {
    private static final long GIB = 1L << 30;

    private final AtomicLong left = new AtomicLong(4 * GIB);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger collections = new AtomicInteger();
    private final MemoryLimit memory = new MemoryLimit(collections::incrementAndGet, () -> {
        looks.incrementAndGet();
        return left.get();
    });

    @Test
    void a_tensor_beyond_what_is_left_is_refused_with_both_sizes() {
        assertThatThrownBy(() -> memory.expect(zeros(1 << 15, 1 << 15)))
                .isInstanceOfSatisfying(SdeError.class, error -> assertThat(
                                error.diagnostics().getFirst())
                        .satisfies(
                                diagnostic -> assertThat(diagnostic.code()).isEqualTo("E0904"),
                                diagnostic -> assertThat(diagnostic.notes())
                                        .containsExactly("it takes 4.0 GiB, and 4.0 GiB are left on this machine")));
        assertThat(collections).hasValue(1);
    }

    @Test
    void the_refusal_names_the_operation_and_a_number_of_samples_that_fits() {
        assertThatThrownBy(() -> memory.expect(zeros(1 << 15, 1 << 15)))
                .isInstanceOfSatisfying(OutOfMemory.class, error -> {
                    assertThat(error.diagnostics().getFirst().label()).isEqualTo("fill");
                    // 4 GiB requested, 3.5 GiB free: 7/8 of 1000 is 875, and 512 the power of two below
                    assertThat(error.fitting(1000)).isEqualTo(512);
                    assertThat(error.fitting(1)).isZero();
                    SdeError told = OutOfMemory.suggesting(
                            new SdeError(error.diagnostics().getFirst(), error), 1000, n -> "try " + n);
                    assertThat(told.diagnostics().getFirst().help()).contains("try 512");
                });
        SdeError other = new SdeError(Diagnostic.error("E0903", null, "something else"));
        assertThat(OutOfMemory.suggesting(other, 8, n -> "try " + n)).isSameAs(other);
    }

    /** The messages of the allocators for CPU and GPU. */
    @Test
    void what_the_engine_was_asked_for_is_said_in_our_units() {
        assertThat(notes("[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory: you"
                        + " tried to allocate 4294967296 bytes. Error code 12 (Cannot allocate memory)"))
                .containsExactly("the engine was asked for 4.0 GiB more");
        assertThat(notes("CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 79.10 GiB"))
                .containsExactly("the engine was asked for 2.50 GiB more");
    }

    private static List<String> notes(String words) {
        SdeError error = NativeFailure.of(new EngineException(words), zeros(2, 2));
        assertThat(error).isInstanceOf(OutOfMemory.class);
        assertThat(((OutOfMemory) error).fitting(100)).isEqualTo(32);
        return error.diagnostics().getFirst().notes();
    }

    @Test
    void what_nobody_holds_is_freed_before_anything_is_refused() {
        left.set(GIB);
        MemoryLimit freeing = new MemoryLimit(() -> left.set(8 * GIB), left::get);

        freeing.expect(zeros(1 << 15, 1 << 15));

        assertThat(left).hasValue(8 * GIB);
    }

    @Test
    void many_small_tensors_are_looked_at_together() {
        for (int i = 0; i < 1000; i++) {
            memory.expect(zeros(1 << 8, 1 << 8));
        }
        assertThat(looks).hasValue(3);
    }

    @Test
    void a_view_takes_nothing() {
        GraphBuilder graph = new GraphBuilder();
        Node one = graph.add(new Operation.Fill(DType.FLOAT32, Shape.of(1, 1)), List.of(graph.number(0)), null);

        memory.expect(graph.add(new Operation.Broadcast(Shape.of(1 << 20, 1 << 20)), List.of(one), null));

        assertThat(looks).hasValue(0);
    }

    /**
     * Numbers are drawn as doubles into half of Java's memory; a third of them fits, and 256 is the power of two below
     * 1000/3.
     */
    @Test
    void a_number_of_samples_is_named_whose_draws_fit_into_java() {
        long most = (long) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 16.0);
        SdeError error = MemoryLimit.beyondJava(new OutOfMemoryError(), zeros(3, most));

        assertThat(((OutOfMemory) error).fitting(1000)).isEqualTo(256);
    }

    @Test
    void half_a_gibibyte_is_left_to_others() {
        assertThat(memory.left()).isEqualTo(4 * GIB - GIB / 2);
    }

    @Test
    void a_field_of_a_table_of_the_system_is_found_by_its_name(@TempDir Path folder) throws IOException {
        Path table = Files.writeString(
                folder.resolve("meminfo"), "MemTotal:       8 kB\nMemFree:        4 kB\nMemAvailable:   6 kB\n");

        assertThat(MemoryLimit.field(table, "MemAvailable:")).isEqualTo(6 * 1024);
        assertThat(MemoryLimit.field(table, "VmRSS:")).isEqualTo(-1);
        assertThat(MemoryLimit.field(folder.resolve("none"), "MemTotal:")).isEqualTo(-1);
    }

    /** A truth value takes 9 bytes: one in the engine and 8 as a double in Java, which may fill 80 % of its memory. */
    @Test
    void numbers_that_java_cannot_hold_are_refused_though_their_tensor_would_fit() {
        long most = (long) (0.8 / 9 * Runtime.getRuntime().maxMemory());
        assumeThat(most).as("numbers that fill Java's memory").isLessThan(Integer.MAX_VALUE - 9);

        assertThatCode(() -> inJava(most - 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> inJava(most + 1)).hasMessageContaining("not enough memory");
    }

    private static void inJava(long count) {
        MemoryLimit.requireInJava("mask", new Type.TensorType(DType.BOOL, Shape.of(count)), null);
    }

    @Test
    void sizes_are_said_as_people_say_them() {
        assertThat(MemoryLimit.inUnits(12)).isEqualTo("12 bytes");
        assertThat(MemoryLimit.inUnits(4e10)).isEqualTo("37.3 GiB");
        assertThat(MemoryLimit.inUnits(4e15)).isEqualTo("3.6 PiB");
    }

    private static Node zeros(long... sizes) {
        GraphBuilder graph = new GraphBuilder();
        return graph.add(new Operation.Fill(DType.FLOAT32, Shape.of(sizes)), List.of(graph.number(0)), null);
    }
}
