package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are stopped, limited or begun without waiting, and the progress of long calls. */
@Timeout(120)
class SdeCallsTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private static final String ENDLESS = """
            fn forever() {
              print("begun")
              while true { y = 1 }
            }
            fn f(x) = 2*x
            """;

    private final CountDownLatch begun = new CountDownLatch(1);

    private Sde endless() {
        return Sde.of(ENDLESS).output(line -> begun.countDown());
    }

    @Test
    void a_call_ends_at_its_time_limit_and_the_run_goes_on() {
        try (SdeRun run = endless().run()) {
            run.timeLimit(SHORT);
            Throwable over = catchThrowable(() -> run.call("forever"));
            run.timeLimit(Duration.ZERO);

            assertThat(over).isInstanceOfSatisfying(SdeException.class, told -> {
                assertThat(told.code()).isEqualTo("E0909");
                assertThat(told.what()).isEqualTo("the call was stopped after its time limit of 200 ms");
            });
            assertThat(run.call("f", 2)).isEqualTo(4.0);
        }
    }

    @Test
    void a_script_ends_at_its_time_limit() {
        Sde script = Sde.of("while true {}").timeLimit(SHORT);

        assertThatThrownBy(script::run).isInstanceOf(SdeException.class).hasMessageContaining("E0909");
        assertThat(catchThrowable(() -> script.runAsync().join()))
                .hasCauseInstanceOf(SdeException.class)
                .hasMessageContaining("E0909");
    }

    /** The second call waits for the first, and its time is over before it begins; the first goes on. */
    @Test
    void the_time_of_waiting_counts_and_stops_no_other_call() throws InterruptedException {
        try (SdeRun run = endless().run()) {
            CompletableFuture<Object> first = run.callAsync("forever");
            begun.await();
            run.timeLimit(SHORT);

            assertThatThrownBy(() -> run.call("f", 1)).hasMessageContaining("E0909");
            assertThat(first).isNotDone();
            run.cancel();
            assertThatThrownBy(first::join).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void a_call_under_way_is_cancelled_from_another_thread() throws InterruptedException {
        try (SdeRun run = endless().run()) {
            List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
            Thread caller = new Thread(() -> thrown.add(catchThrowable(() -> run.call("forever"))));
            caller.start();
            begun.await();
            run.cancel();
            caller.join();

            assertThat(thrown).singleElement().isInstanceOf(CancellationException.class);
            run.cancel();
            assertThat(run.call("f", 1)).isEqualTo(2.0);
        }
    }

    @Test
    void a_future_that_is_cancelled_or_out_of_time_stops_its_call() throws InterruptedException {
        try (SdeRun run = endless().run()) {
            CompletableFuture<Object> cancelled = run.callAsync("forever");
            begun.await();
            cancelled.cancel(true);
            assertThat(run.call("f", 1)).isEqualTo(2.0);

            CompletableFuture<Object> late = run.callAsync("forever").orTimeout(100, TimeUnit.MILLISECONDS);
            assertThat(run.call("f", 1)).isEqualTo(2.0);
            assertThatThrownBy(late::join).hasCauseInstanceOf(TimeoutException.class);

            CompletableFuture<Object> waiting = run.callAsync("f", 3);
            assertThat(waiting.thenApply(six -> (double) six + 1).join()).isEqualTo(7);
            assertThat(run.callAsync("f", int.class, 3).join()).isEqualTo(6);
            assertThat(catchThrowable(
                            () -> run.callAsync("f", LocalDate.class, 3).join()))
                    .hasCauseInstanceOf(SdeException.class)
                    .hasMessageContaining("the result of `f`");
        }
    }

    @Test
    void a_script_that_is_cancelled_is_closed() throws InterruptedException {
        CompletableFuture<SdeRun> run = Sde.of("print(1)\nwhile true {}")
                .output(line -> begun.countDown())
                .runAsync();
        begun.await();

        assertThat(run.cancel(true)).isTrue();
        assertThat(catchThrowable(run::join)).isInstanceOf(CancellationException.class);
    }

    @Test
    void a_future_has_the_error_of_its_script() {
        assertThatThrownBy(() -> Sde.of("x = [1][3]").runAsync().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SdeException.class, told -> assertThat(told.line()).isEqualTo(1));
        try (SdeRun run = Sde.of("y = 3").runAsync().join()) {
            assertThat(run.number("y")).isEqualTo(3);
        }
    }

    @Test
    void each_step_of_training_sampling_and_loops_is_told() {
        List<SdeProgress> steps = new ArrayList<>();
        try (SdeRun run = Sde.of("""
                score = train(mlp(hidden = 4, depth = 1), moons(16), VP(), steps = 3, batch = 8)
                fn draw(n) = sample(VP(), score, n = n, using = pc(steps = 4))
                """).progress(steps::add).run()) {
            assertThat(steps).extracting(SdeProgress::task).containsOnly("train");
            assertThat(steps).extracting(SdeProgress::done).containsExactly(0L, 1L, 2L, 3L);
            assertThat(steps).extracting(SdeProgress::total).containsOnly(3L);
            assertThat(steps.getFirst().loss()).isEmpty();
            assertThat(steps.getLast().loss()).isPresent();
            assertThat(steps.getLast().isLast()).isTrue();

            steps.clear();
            run.sampler("draw").sample(2);
            assertThat(steps).extracting(SdeProgress::task).containsOnly("sample");
            assertThat(steps).extracting(SdeProgress::percent).containsExactly(0, 25, 50, 75, 100);

            List<SdeProgress> later = new ArrayList<>();
            run.progress(later::add);
            run.eval("for i in progress(1..2, title = \"own\") { print(i) }");
            assertThat(later).extracting(SdeProgress::task).containsOnly("own");
        }
    }

    @Test
    void a_publisher_passes_the_steps_on() {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> all;
        try (SubmissionPublisher<SdeProgress> publisher = new SubmissionPublisher<>()) {
            all = publisher.consume(step -> seen.add(step.done()));
            Sde.of("for i in progress(1..20) { x = i }")
                    .progress(step -> publisher.offer(step, null))
                    .run()
                    .close();
        }
        all.join();
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(0, 20).boxed().toList());
    }

    @Test
    void a_listener_may_call_its_run() {
        List<Object> seen = new ArrayList<>();
        try (SdeRun run = Sde.of("x = 1\nfn count() { for i in progress(1..2) { x = i } }")
                .run()) {
            run.progress(step -> seen.add(run.get("x")));
            run.call("count");
        }
        assertThat(seen).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void closing_a_namespace_closes_no_other_run() {
        SdeRun inner;
        try (SdeRun whole = Sde.of("x = ones([3])").run()) {
            SdeRun part = whole.newNamespace();
            inner = part.newNamespace();
            part.put("y", whole.get("x"));
            part.close();

            assertThat(whole.eval("sum(x)")).isEqualTo(3.0);
            assertThat(inner.eval("1 + 1")).isEqualTo(2.0);
            assertThatThrownBy(() -> part.get("y")).isInstanceOf(IllegalStateException.class);
            part.close();
        }
        assertThatThrownBy(() -> inner.eval("1")).isInstanceOf(IllegalStateException.class);
        inner.close();
    }

    /** Each call of a service makes functions, arguments and tensors; after the call no native memory is left. */
    @Test
    void calls_leave_no_native_memory_behind() {
        try (SdeRun run = Sde.of("""
                vp = VP()
                score = normal().score(vp)
                fn draw(n; seed = 0) = sample(vp, score, n = n, shape = [2], seed = seed, using = pc(steps = 2))
                fn far(x) = max(abs(x))
                """).run()) {
            calls(run);
            long before = settled(run, 0);
            calls(run);
            calls(run);
            assertThat(settled(run, before)).isEqualTo(before);
            assertThat(run.session().log().work()).isEmpty();
            assertThat(run.session().log().files()).isEmpty();
        }
    }

    private static void calls(SdeRun run) {
        for (int n = 1; n <= 20; n++) {
            run.call("far", double.class, run.sampler("draw").sample(n, n));
            run.put("last", new double[n]);
        }
    }

    /** The bytes of all tensors, once the garbage collector has found those that nothing references. */
    private static long settled(SdeRun run, long expected) {
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < 20 && bytes > expected; i++) {
            System.gc();
            run.eval("ones([1])");
            bytes = Math.min(bytes, run.session().tensorBytes());
        }
        return bytes;
    }
}
