package org.sdescript.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;

class DeepStackTest {

    /** A million calls do not fit into the default stack of a thread, at 2²³ bytes at most. */
    @Test
    void deep_recursions_fit() {
        assertThat(DeepStack.run(() -> depth(1_000_000))).isEqualTo(1_000_000);
    }

    @Test
    void work_on_a_deep_stack_stays_on_its_thread() {
        boolean same = DeepStack.run(() -> {
            Thread outer = Thread.currentThread();
            return DeepStack.run(() -> Thread.currentThread() == outer);
        });

        assertThat(same).isTrue();
        assertThat(DeepStack.run(Thread::currentThread)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void an_exception_of_the_work_is_thrown_to_the_caller() {
        IllegalStateException failure = new IllegalStateException("failed");
        AssertionError fault = new AssertionError("ours");

        assertThatThrownBy(() -> DeepStack.run(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> DeepStack.run(() -> {
                    throw fault;
                }))
                .isSameAs(fault);
    }

    @Test
    void a_request_to_stop_reaches_the_deep_thread() {
        StopRequest request = new StopRequest();
        request.make();

        assertThatThrownBy(() -> StopRequest.during(
                        request,
                        () -> DeepStack.run(() -> {
                            StopRequest.poll();
                            return 0;
                        })))
                .isInstanceOf(Interruption.class);
    }

    private static int depth(int left) {
        return left == 0 ? 0 : 1 + depth(left - 1);
    }
}
