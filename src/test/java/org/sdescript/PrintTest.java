package org.sdescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison accepts the output of another processor, and nothing else. */
class PrintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tensor([-0.91900873])           | tensor([-0.9190088])",
                "tensor([1, 1.0249997])          | tensor([1, 1.0249999])",
                "tensor([1, 0.99999994])         | tensor([1, 1])",
                "tensor([8.5, -1.1920929e-7])    | tensor([8.5, 0])",
                "the step 1.2923628849412898     | the step 1.29236288494129",
                "loss 0.4999                     | loss 0.5",
                "loss 1.235e-7                   | loss 1.236e-7",
                "mean   0.00123  std    12.3456  | mean 0.0012299 std 12.34561",
                "t ∈ [0.0316227…, 1]             | t ∈ [0.0316228…, 1]",
                "x ~ N( 0, 0.99800100000001 )    | x ~ N( 0, 0.998001 )"
            })
    void what_another_processor_prints_agrees(String written, String printed) {
        assertThat(Print.agree(printed, written)).isTrue();
        assertThat(Print.agree(written, printed)).isTrue();
    }

    /** The numbers differ by ten bounds: 1e-5 of a float32, ten units of few digits, 1e-11 of a double. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the mean is 0.5                 | the mode is 0.5",
                "the mean is 0.5                 | the mean is  0.5",
                "a  b                            | a b",
                "x_1 = 2                         | x_2 = 2",
                "x2                              | x3",
                "tensor([0.91900873])            | tensor([0.9190180])",
                "tensor([0.91900873])            | tensor([-0.91900873])",
                "tensor([1, 2])                  | tensor([1, 3])",
                "tensor([1, 2.1234567])          | tensor([1, inf])",
                "tensor([1, 2.1234567])          | tensor([1, nan])",
                "tensor([1, 2.1234567])          | tensor([2.1234567, 1])",
                "tensor([1, 2])                  | tensor([1, 2, 2])",
                "tensor([0.5]) 1e-8              | tensor([0.5]) -3.2e-8",
                "the step 1.2923628849412898     | the step 1.2923628849542898",
                "loss 0.4990                     | loss 0.5000",
                "loss 0.4                        | loss 0.5",
                "1000                            | 1001",
                "12000 samples                   | 12001 samples",
                "-inf                            | inf",
                "dx = −2 x dt + 0.12345 dw       | dx = −2 x dt + 0.12346 dw",
                "x ~ N( 0, 0.998001 )            | x ~ N( 0, 0.998002 )",
                "0.5 ∇ₓ log p                    | 0.6 ∇ₓ log p",
                "1.2345678                       | 1.2345678e5",
                "t ∈ [0.0316227…, 1]             | t ∈ [0.0316237…, 1]",
                "0.25…                           | 0.25",
                "0.10                            | 0.1",
                "1e-05                           | 1e-5"
            })
    void what_is_wrong_does_not(String written, String printed) {
        assertThat(Print.agree(printed, written)).isFalse();
        assertThat(Print.agree(written, printed)).isFalse();
        assertThatThrownBy(() -> Print.compare(printed, written)).isInstanceOf(AssertionError.class);
    }

    @Test
    void an_example_may_cut_a_number_after_six_digits() {
        assertThat(Print.shows("x 1.41421 [2]", "x 1.4142135623730951 [2]")).isTrue();
        assertThat(Print.shows("x 1.41423 [2]", "x 1.4142135623730951 [2]")).isFalse();
        assertThat(Print.shows("1.414", "1.4142135623730951")).isFalse();
        assertThat(Print.shows("1.41421", "1.41421 1.41421")).isFalse();
        assertThat(Print.shows("-1.41421", "1.4142135623730951")).isFalse();
    }

    @Test
    void lines_that_are_missing_or_too_many_do_not_agree() {
        assertThat(Print.agree("a\nb\n", "a\nb\n")).isTrue();
        assertThat(Print.agree("a\n", "a\nb\n")).isFalse();
        assertThat(Print.agree("a\nb\nb\n", "a\nb\n")).isFalse();
        assertThat(Print.agree("a\nb", "a\nb\n")).isFalse();
        assertThat(Print.agree("", "a")).isFalse();
        assertThat(Print.agree("b\na\n", "a\nb\n")).isFalse();
    }

    @Test
    void a_column_may_be_wider_where_a_number_is_longer_and_only_there() {
        String table = "name   value\na  0.91900873\n";
        assertThat(Print.agree("name  value\na  0.9190088\n", table)).isTrue();
        assertThat(Print.agree("name  value\na  0.91900873\n", table)).isFalse();
    }

    @Test
    void what_is_accepted_changes_only_the_lines_that_do_not_agree() {
        String written = "first\ntensor([-0.91900873])\nold\ntensor([0.12345678])\nlast\n";
        String printed = "first\ntensor([-0.9190088])\nnew\nnewer\ntensor([0.1234568])\nlast\n";

        assertThat(Print.accepted(printed, written))
                .isEqualTo("first\ntensor([-0.91900873])\nnew\nnewer\ntensor([0.12345678])\nlast\n");
        assertThat(Print.accepted("first\ntensor([-0.9190088])\n", written))
                .isEqualTo("first\ntensor([-0.91900873])\n");
        assertThat(Print.accepted(written, "")).isEqualTo(written);
        assertThat(Print.accepted("tensor([0.9190088])", "tensor([0.91900873])"))
                .isEqualTo("tensor([0.91900873])");
    }
}
