package org.sdescript.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypefaceTest {
    private static final String GREEK = "αβγδεζηθικλμνξοπρςστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ";
    private static final String SIGNS = "∇∂∫∑∏√∞±∓×÷·≤≥≠≈≡∝→←⇒−∈∘‖…–—’‘“”′½¼¾⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋ᵀₓₜₖᵢⱼ";

    @ParameterizedTest
    @EnumSource
    void letters_of_english_greek_western_europe_and_mathematics_have_outlines(Typeface face) {
        String latin = IntStream.concat(IntStream.rangeClosed('!', '~'), IntStream.rangeClosed('¡', 'ÿ'))
                .filter(letter -> letter != 0xAD) // the soft hyphen
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String all = latin + GREEK + SIGNS;
        assertThat(face.withoutOutline(all)).isEmpty();
        assertThat(all.codePoints().mapToObj(Character::toString)).allSatisfy(letter -> {
            assertThat(face.outline(letter)).isNotEmpty();
            assertThat(face.width(letter)).isBetween(300, 2500);
        });
    }

    @Test
    void texts_of_the_scripts_in_the_repository_have_outlines() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("examples")), Files.walk(Path.of("stdlib")))) {
            List<Path> scripts =
                    files.filter(file -> file.toString().endsWith(".sde")).toList();
            assertThat(scripts).hasSizeGreaterThan(20);
            for (Path script : scripts) {
                assertThat(Typeface.BOLD.withoutOutline(Files.readString(script)))
                        .as(script.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void letters_that_look_alike_differ() {
        for (String pair : List.of("θo", "θ0", "νv", "−-", "Σ∑", "∂δ", "lI", "σo", "x×", "²2")) {
            assertThat(Typeface.REGULAR.outline(pair.substring(0, 1)))
                    .isNotEqualTo(Typeface.REGULAR.outline(pair.substring(1)));
        }
        assertThat(Typeface.BOLD.outline("a")).isNotEqualTo(Typeface.REGULAR.outline("a"));
    }

    /** The numbers are those of DejaVu Sans 2.37, whose capitals are 1493 high and lower-case letters 1120. */
    @Test
    void advances_and_bounds_are_those_of_the_font() {
        assertThat(Typeface.REGULAR.width("H")).isEqualTo(1540);
        assertThat(Typeface.BOLD.width("H")).isEqualTo(1714);
        assertThat(IntStream.rangeClosed('0', '9').map(digit -> Typeface.REGULAR.width(Character.toString(digit))))
                .containsOnly(1303);
        assertThat(bounds("H")).isEqualTo(new Rectangle2D.Double(201, -1493, 1138, 1493));
        assertThat(bounds("x").getMinY()).isEqualTo(-1120);
        assertThat(bounds("g").getMaxY()).isGreaterThan(400);
        assertThat(bounds("²").getMaxY()).isLessThan(-500);
        assertThat(bounds("₂").getMinY()).isGreaterThan(-1000);
    }

    @Test
    void letters_follow_one_another_by_their_advances() {
        Rectangle2D alone = bounds("H");
        Rectangle2D pair = bounds("HH");
        assertThat(pair.getMinX()).isEqualTo(alone.getMinX());
        assertThat(pair.getMaxX()).isEqualTo(1540 + alone.getMaxX());
        assertThat(bounds("  H").getMinX()).isEqualTo(2 * Typeface.REGULAR.width(" ") + alone.getMinX());
        assertThat(Typeface.REGULAR.width("aθ "))
                .isEqualTo(Typeface.REGULAR.width("a") + Typeface.REGULAR.width("θ") + Typeface.REGULAR.width(" "));
    }

    @Test
    void combining_marks_stand_centred_above_their_letter() {
        for (String letter : List.of("x", "β", "σ", "Θ")) {
            Rectangle2D alone = bounds(letter);
            Rectangle2D dotted = bounds(letter + "\u0307");
            assertThat(Typeface.REGULAR.width(letter + "\u0307")).isEqualTo(Typeface.REGULAR.width(letter));
            assertThat(dotted.getMinX()).isEqualTo(alone.getMinX());
            assertThat(dotted.getMaxX()).isEqualTo(alone.getMaxX());
            // the dot is 233 high, with a gap to the letter
            assertThat(dotted.getMinY()).isBetween(alone.getMinY() - 450, alone.getMinY() - 233);
        }
        // composed and decomposed letters are the same text
        assertThat(Typeface.REGULAR.outline("e\u0301")).isEqualTo(Typeface.REGULAR.outline("é"));
        assertThat(Typeface.REGULAR.outline("ṡ")).isEqualTo(Typeface.REGULAR.outline("s\u0307"));
    }

    @Test
    void other_characters_are_boxes_and_controls_are_spaces() {
        assertThat(Typeface.REGULAR.outline("字")).isEqualTo(Typeface.REGULAR.outline("□"));
        assertThat(Typeface.REGULAR.outline("\uD83D\uDE00")).isEqualTo(Typeface.REGULAR.outline("□"));
        assertThat(Typeface.REGULAR.withoutOutline("a字b字\uD83D\uDE00")).isEqualTo("字\uD83D\uDE00");
        assertThat(Typeface.REGULAR.outline("a\u0001\nb")).isEqualTo(Typeface.REGULAR.outline("a  b"));
    }

    @Test
    void each_face_of_digits_has_ten_different_digits() {
        List<List<Shape>> faces = DigitOutlines.all();
        assertThat(faces).hasSize(3 + 12);
        for (List<Shape> face : faces) {
            assertThat(face).hasSize(10);
            // 1 is the narrowest digit, 8 is as high as 0
            assertThat(face.get(1).getBounds2D().getWidth())
                    .isLessThan(face.get(8).getBounds2D().getWidth());
            assertThat(face.get(8).getBounds2D().getHeight())
                    .isCloseTo(
                            face.get(0).getBounds2D().getHeight(), org.assertj.core.data.Percentage.withPercentage(3));
        }
    }

    private static Rectangle2D bounds(String text) {
        return PathData.shape(Typeface.REGULAR.outline(text)).getBounds2D();
    }
}
