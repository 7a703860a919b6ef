package org.sdescript.torchscript;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pickles written by hand, with ~ for 0 and digits for bytes: {@code }} is an empty dictionary, {@code X1~~~a} the string a,
 * {@code K7} the whole number 7, N None, {@code (} a mark, s sets one item and u all since the mark.
 */
class PickleCheckTest {
    private static byte[] bytes(String pickle) {
        StringBuilder raw = new StringBuilder();
        for (char c : pickle.toCharArray()) {
            raw.append(c == '~' ? '\0' : Character.isDigit(c) ? (char) (c - '0') : c);
        }
        return raw.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void check(String pickle) throws PickleCheck.Refused {
        PickleCheck.check(bytes(pickle), key -> -1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"}.", "}X1~~~aNs.", "}K7Ns.", "}(X1~~~aNK7Nu.", "}(u."})
    void a_dictionary_has_texts_and_whole_numbers_as_keys(String pickle) {
        assertThatCode(() -> check(pickle)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"}NK7s.", "}(NK7u.", "}(X1~~~aNNK7u.", "}(X1~~~aNK7u.", "}(X1~~~au."})
    void a_dictionary_without_such_keys_is_refused(String pickle) {
        assertThatThrownBy(() -> check(pickle)).hasMessage("it has a dictionary without keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X1~~~aK7Ns.", "K7K7Nu.", "X9~~~a.", "}", "s.", "NN."})
    void a_pickle_that_changes_no_dictionary_or_ends_early_is_refused(String pickle) {
        assertThatThrownBy(() -> check(pickle)).isInstanceOf(PickleCheck.Refused.class);
    }
}
