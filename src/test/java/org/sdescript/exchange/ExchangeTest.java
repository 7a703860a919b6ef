package org.sdescript.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;

/** Numbers of many magnitudes are summed, so that another order of the summands gives other bits. */
@Timeout(120)
class ExchangeTest {
    private static final int[] SIZES = {0, 1, 2, 3, 7, 4097, 8191, 1_000_003};
    private static final Duration SHORT = Duration.ofMillis(800);

    private static double[] numbers(int rank, int size) {
        Random random = new Random(31L * rank + size);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextGaussian() * Math.exp(10 * random.nextGaussian());
        }
        return values;
    }

    /** The sum in the order that {@link Ring} declares, written anew. */
    private static double[] expected(int world, int size) {
        double[][] all = new double[world][];
        for (int rank = 0; rank < world; rank++) {
            all[rank] = numbers(rank, size);
        }
        double[] sum = new double[size];
        for (int chunk = 0; chunk < world; chunk++) {
            for (int i = (int) ((long) chunk * size / world); i < (long) (chunk + 1) * size / world; i++) {
                sum[i] = all[chunk][i];
                for (int k = 1; k < world; k++) {
                    sum[i] += all[(chunk + k) % world][i];
                }
            }
        }
        return sum;
    }

    private static float[] expectedFloats(int world, int size) {
        float[] sum = new float[size];
        for (int chunk = 0; chunk < world; chunk++) {
            int from = (int) ((long) chunk * size / world);
            int to = (int) ((long) (chunk + 1) * size / world);
            for (int k = 0; k < world; k++) {
                double[] each = numbers((chunk + k) % world, size);
                for (int i = from; i < to; i++) {
                    sum[i] = k == 0 ? (float) each[i] : sum[i] + (float) each[i];
                }
            }
        }
        return sum;
    }

    private static float[] narrow(double[] numbers) {
        float[] narrow = new float[numbers.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) numbers[i];
        }
        return narrow;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void all_workers_get_the_same_bits_of_the_sum_in_the_declared_order(int world) {
        List<List<double[]>> sums = Rings.all(world, exchange -> {
            List<double[]> own = new ArrayList<>();
            for (int size : SIZES) {
                double[] buffer = numbers(exchange.rank(), size);
                exchange.sum(buffer);
                own.add(buffer);
            }
            return own;
        });
        for (int i = 0; i < SIZES.length; i++) {
            double[] wanted = expected(world, SIZES[i]);
            for (List<double[]> each : sums) {
                assertThat(each.get(i)).as("%d numbers", SIZES[i]).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void sums_in_single_precision_have_the_same_order(int world) {
        for (int size : new int[] {0, 1, 5, 8191, 100_003}) {
            float[] wanted = expectedFloats(world, size);
            Rings.all(world, exchange -> {
                        float[] buffer = narrow(numbers(exchange.rank(), size));
                        exchange.sum(buffer);
                        return buffer;
                    })
                    .forEach(each -> assertThat(each).isEqualTo(wanted));
        }
    }

    @Test
    void texts_come_in_the_order_of_the_ranks() {
        String longest = "ü".repeat(Ring.LONGEST_TEXT / 2);
        assertThat(Rings.all(3, exchange -> exchange.gather(exchange.rank() == 1 ? longest : "of " + exchange.rank())))
                .containsOnly(List.of("of 0", longest, "of 2"));
        assertThat(Rings.all(1, exchange -> exchange.gather("alone"))).containsExactly(List.of("alone"));
    }

    @Test
    void a_large_sum_sends_twice_the_buffer_without_the_own_part() {
        int size = 400_000;
        assertThat(Rings.all(4, exchange -> {
                    exchange.sum(new float[size]);
                    return exchange.traffic();
                }))
                .containsOnly(new Traffic(1, 6, 2 * 3 * (size / 4) * 4L));
    }

    private static List<String> messages(List<? extends Rings.Outcome<?>> outcomes) {
        return outcomes.stream()
                .map(each -> each.failure() == null
                        ? ""
                        : String.valueOf(each.failure().getMessage()))
                .toList();
    }

    private static double[] once(Exchange exchange, int size) {
        double[] buffer = new double[size];
        exchange.sum(buffer);
        return buffer;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 4_000_000})
    void all_name_the_worker_that_hangs_and_the_time_out(int size) {
        CountDownLatch others = new CountDownLatch(3);
        List<Rings.Outcome<double[]>> outcomes = Rings.outcomes(4, SHORT, exchange -> {
            once(exchange, 8);
            if (exchange.rank() == 2) {
                others.await();
                return new double[0];
            }
            try {
                return once(exchange, size);
            } finally {
                others.countDown();
            }
        });
        List<String> messages = new ArrayList<>(messages(outcomes));
        messages.remove(2);
        assertThat(messages).allSatisfy(each -> assertThat(each)
                .matches("the worker of rank 2 at 127\\.0\\.0\\.1:\\d+ is lost: it (sent|took) nothing for 800 ms"));
    }

    /** With two minutes of patience, the test would not end before its own limit if the others waited. */
    @ParameterizedTest
    @ValueSource(ints = {8, 4_000_000})
    void all_name_the_worker_that_died_at_once(int size) {
        List<Rings.Outcome<double[]>> outcomes = Rings.outcomes(4, Rings.PATIENT, exchange -> {
            once(exchange, 8);
            if (exchange.rank() == 1) {
                exchange.close();
                return new double[0];
            }
            return once(exchange, size);
        });
        assertThat(messages(outcomes).get(1)).isEmpty();
        for (int rank : new int[] {0, 2, 3}) {
            assertThat(messages(outcomes).get(rank))
                    .startsWith("the worker of rank 1 at 127.0.0.1:")
                    .contains("is lost");
            assertThat(((SdeError) Objects.requireNonNull(outcomes.get(rank).failure()))
                            .diagnostics()
                            .getFirst()
                            .code())
                    .isEqualTo("E0960");
        }
    }

    @Test
    void all_learn_why_a_worker_ended_and_further_calls_say_it_again() {
        List<Rings.Outcome<double[]>> outcomes = Rings.outcomes(3, Rings.PATIENT, exchange -> {
            once(exchange, 8);
            if (exchange.rank() == 1) {
                exchange.abort("the loss is nan");
            }
            try {
                return once(exchange, 100_000);
            } catch (SdeError first) {
                assertThatThrownBy(() -> exchange.gather("")).hasMessage(first.getMessage());
                throw first;
            }
        });
        assertThat(messages(outcomes)).allSatisfy(each -> assertThat(each)
                .startsWith("the worker of rank 1 at 127.0.0.1:")
                .endsWith(" ended the training: the loss is nan"));
    }

    @Test
    void another_thread_can_end_a_wait() {
        CountDownLatch ended = new CountDownLatch(1);
        List<Rings.Outcome<double[]>> outcomes = Rings.outcomes(2, Rings.PATIENT, exchange -> {
            if (exchange.rank() == 1) {
                ended.await();
                once(exchange, 8); // the other may have sent its numbers before it ended
                return once(exchange, 8);
            }
            Thread.ofVirtual().start(() -> exchange.abort("the task was killed"));
            try {
                return once(exchange, 8);
            } finally {
                ended.countDown();
            }
        });
        assertThat(messages(outcomes))
                .allSatisfy(each -> assertThat(each).contains("rank 0").endsWith("the task was killed"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_request_to_stop_ends_a_wait_and_the_others_learn_it(boolean byInterrupt) {
        CountDownLatch stopped = new CountDownLatch(1);
        StopRequest stop = new StopRequest();
        List<Rings.Outcome<double[]>> outcomes = Rings.outcomes(2, Rings.PATIENT, exchange -> {
            if (exchange.rank() == 1) {
                stopped.await();
                once(exchange, 8); // the other may have sent its numbers before it ended
                return once(exchange, 8);
            }
            Thread waiting = Thread.currentThread();
            Thread.ofVirtual().start(byInterrupt ? waiting::interrupt : stop::make);
            try {
                return StopRequest.during(stop, () -> once(exchange, 8));
            } finally {
                stopped.countDown();
            }
        });
        assertThat(outcomes.getFirst().failure()).isInstanceOf(Interruption.class);
        assertThat(messages(outcomes).get(1)).contains("rank 0").endsWith("it was stopped");
    }

    @Test
    void workers_out_of_step_are_found() {
        assertThat(messages(
                        Rings.outcomes(2, Rings.PATIENT, exchange -> once(exchange, 100_000 + 2 * exchange.rank()))))
                .allSatisfy(each -> assertThat(each).contains("where message 1, of"));
    }

    private static Future<Ring> joining(
            ExecutorService threads, RingSeat seat, int rank, List<String> addresses, byte[] secret) {
        return threads.submit(() -> seat.join(rank, addresses, secret));
    }

    private static Socket stranger(String address, byte[] words) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        OutputStream out = socket.getOutputStream();
        out.write(words);
        out.flush();
        return socket;
    }

    /** A greeting with a proof of zeros, by a program that knows how workers speak, but not the secret. */
    private static byte[] falseProof() {
        return ByteBuffer.allocate(Integer.BYTES + 64).putInt(0x73646531).array();
    }

    /** The strangers come before the workers: one says nothing, one sends rubbish, one a false proof, one leaves. */
    @Test
    void strangers_keep_no_worker_from_the_ring() throws Exception {
        try (RingSeat first = Rings.seat(Rings.PATIENT);
                RingSeat second = Rings.seat(Rings.PATIENT);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<String> addresses = List.of(first.address(), second.address());
            try (Socket silent = stranger(addresses.get(0), new byte[0]);
                    Socket rubbish = stranger(
                            addresses.get(0),
                            "GET / HTTP/1.1\r\n\r\n".repeat(50).getBytes(StandardCharsets.UTF_8))) {
                stranger(addresses.get(1), new byte[] {1}).close();
                Socket liar = stranger(addresses.get(0), falseProof());
                Future<Ring> one = joining(threads, first, 0, addresses, Rings.SECRET);
                Future<Ring> two = joining(threads, second, 1, addresses, Rings.SECRET);
                try (Ring a = one.get();
                        Ring b = two.get()) {
                    Future<List<String>> other = threads.submit(() -> b.gather("b"));
                    assertThat(a.gather("a")).isEqualTo(other.get()).containsExactly("a", "b");
                }
                assertThat(silent.isConnected() && rubbish.isConnected()).isTrue();
                liar.close();
            }
        }
    }

    @Test
    void a_worker_with_another_secret_does_not_join() throws Exception {
        try (RingSeat first = Rings.seat(SHORT);
                RingSeat second = Rings.seat(SHORT);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<String> addresses = List.of(first.address(), second.address());
            Future<Ring> one = joining(threads, first, 0, addresses, Rings.SECRET);
            Future<Ring> two = joining(threads, second, 1, addresses, new byte[] {1, 2, 3});
            for (Future<Ring> each : List.of(one, two)) {
                assertThatThrownBy(each::get).hasCauseInstanceOf(SdeError.class).satisfies(error -> assertThat(
                                ((SdeError) error.getCause())
                                        .diagnostics()
                                        .getFirst()
                                        .code())
                        .isEqualTo("E0962"));
            }
        }
    }

    @Test
    void a_worker_that_never_comes_is_named() {
        try (RingSeat first = Rings.seat(SHORT);
                RingSeat second = Rings.seat(SHORT)) {
            List<String> addresses = List.of(first.address(), second.address());
            assertThatThrownBy(() -> first.join(0, addresses, Rings.SECRET))
                    .isInstanceOf(SdeError.class)
                    .hasMessageContaining("no connection with the worker of rank 1 at " + second.address());
        }
    }
}
