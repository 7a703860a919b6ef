package org.sdescript.plot.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.sdescript.image.Pixels;

/** Reads the files again by the rules of ISO 32000-1. */
class PdfCanvasTest {
    private static final Pattern ENTRY = Pattern.compile("(\\d{10}) 00000 n ");

    private static String written(PdfCanvas canvas) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        canvas.write(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** Returns the content of the stream of an object. */
    private static String stream(String file, int start) throws DataFormatException {
        int from = file.indexOf("stream\n", start) + "stream\n".length();
        MatchResult length = Pattern.compile("/Length (\\d+)")
                .matcher(file.substring(start))
                .results()
                .findFirst()
                .orElseThrow();
        byte[] packed =
                file.substring(from, from + Integer.parseInt(length.group(1))).getBytes(StandardCharsets.ISO_8859_1);
        Inflater inflater = new Inflater();
        inflater.setInput(packed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        while (!inflater.finished()) {
            out.write(piece, 0, inflater.inflate(piece));
        }
        inflater.end();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static PdfCanvas page() {
        PdfCanvas canvas = new PdfCanvas(200, 100, "σ of x");
        canvas.polyline(
                new double[] {10, 20}, new double[] {30, 40.5}, new Stroke(2, Dash.DASHED), new Colour(0xFF0000, 0.5));
        canvas.discs(new double[] {1, 2}, new double[] {3, 4}, 5, new Colour(0x0000FF, 1));
        canvas.pixels(new Pixels(2, 1, new int[] {0xFF0000, 0x00FF00}), new Box(0, 0, 2, 1));
        canvas.text("a $x_1$", 5, 50, TextStyle.Y_LABEL);
        return canvas;
    }

    @Test
    void the_table_names_the_place_of_each_object() throws IOException {
        String file = written(page());
        assertThat(file).startsWith("%PDF-1.5").endsWith("%%EOF\n");
        int table = Integer.parseInt(file.substring(file.indexOf("startxref") + 10, file.indexOf("%%EOF") - 1));
        assertThat(file.substring(table)).startsWith("xref\n");
        List<Integer> places = ENTRY.matcher(file.substring(table))
                .results()
                .map(entry -> Integer.parseInt(entry.group(1)))
                .toList();
        assertThat(places).hasSize(6);
        for (int k = 0; k < places.size(); k++) {
            assertThat(file.substring(places.get(k))).startsWith(k + 1 + " 0 obj\n");
        }
    }

    @Test
    void a_page_has_its_size_its_title_and_no_font() throws IOException {
        String file = written(page());
        // 200 × 100 units of 1/96 inch in points
        assertThat(file).contains("/MediaBox [0 0 150 75]").doesNotContain("/Font");
        assertThat(file).contains("/Title <FEFF03C30020006F006600200078>");
        assertThat(written(page())).as("no date").isEqualTo(file);
    }

    @Test
    void shapes_are_paths_and_letters_are_outlines_with_their_text() throws IOException, DataFormatException {
        String file = written(page());
        String content = stream(file, file.indexOf("2 0 obj"));
        assertThat(content).startsWith("0.75 0 0 -0.75 0 75 cm");
        assertThat(content).contains("/A500 gs 1 0 0 RG 2 w [8 4.4] 0 d\n10 30 m\n20 40.5 l\nS Q");
        assertThat(content).contains("0 0 1 RG 10 w 1 J\n1 3 m 1 3 l S\n2 4 m 2 4 l S\n");
        assertThat(content).contains("2 0 0 -1 0 1 cm /I0 Do");
        // a x₁
        assertThat(content).contains("/ActualText <FEFF0061002000782081>");
        assertThat(file).contains("/A500 << /ca 0.5 /CA 0.5 >>");
    }

    @Test
    void an_image_has_squares_fine_enough_for_viewers_that_smooth() throws IOException, DataFormatException {
        String file = written(page());
        assertThat(file).contains("/Width 8 /Height 4 ");
        String pixels = stream(file, file.indexOf("1 0 obj"));
        assertThat(pixels).hasSize(3 * 8 * 4).startsWith("\u00ff\0\0".repeat(4) + "\0\u00ff\0".repeat(4));
    }
}
