package org.sdescript.interrupt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StopRequestTest {
    private final StopRequest request = new StopRequest();

    @Test
    void work_that_polls_a_made_request_is_left() {
        assertThat(StopRequest.during(request, StopRequestTest::polled)).isTrue();
        request.make();

        assertThat(request.isMade()).isTrue();
        assertThatThrownBy(() -> StopRequest.during(request, StopRequestTest::polled))
                .isInstanceOf(Interruption.class);
        assertThatThrownBy(request::check).isInstanceOf(Interruption.class);
    }

    @Test
    void a_request_stops_no_work_outside_of_its_own() {
        request.make();

        assertThat(polled()).isTrue();
        assertThat(StopRequest.during(new StopRequest(), StopRequestTest::polled))
                .isTrue();
    }

    @Test
    void a_request_that_is_taken_back_stops_nothing() {
        request.make();
        request.takeBack();

        assertThat(request.isMade()).isFalse();
        assertThat(StopRequest.during(request, StopRequestTest::polled)).isTrue();
    }

    @Test
    void saving_ends_despite_a_request() {
        request.make();
        boolean[] saved = new boolean[1];

        StopRequest.during(request, () -> {
            StopRequest.ignoring(() -> saved[0] = polled());
            return null;
        });

        assertThat(saved[0]).isTrue();
    }

    @Test
    void the_former_request_is_polled_again_after_the_work_even_if_the_work_fails() {
        StopRequest inner = new StopRequest();

        StopRequest.during(request, () -> {
            assertThatThrownBy(() -> StopRequest.during(inner, () -> {
                        assertThat(StopRequest.present()).isSameAs(inner);
                        throw new IllegalStateException("failed");
                    }))
                    .hasMessage("failed");
            assertThat(StopRequest.present()).isSameAs(request);
            return null;
        });
        assertThat(StopRequest.present()).isNull();
    }

    @Test
    void another_thread_makes_the_request() throws InterruptedException {
        Thread other = new Thread(request::make);
        other.start();
        other.join();

        assertThatThrownBy(request::check).isInstanceOf(Interruption.class);
        assertThatCode(StopRequest::poll).doesNotThrowAnyException();
    }

    private static boolean polled() {
        StopRequest.poll();
        return true;
    }
}
