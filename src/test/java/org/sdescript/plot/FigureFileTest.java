package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.image.Typeface;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.RasterCanvas;
import org.sdescript.plot.canvas.TextStyle;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FigureFileTest {
    @TempDir
    Path folder;

    @Test
    void points_are_drawn_where_their_coordinates_say() throws IOException {
        Layer corners = new Layer.Scatter(new double[] {0, 1}, new double[] {0, 1}, "");
        Figure figure = screen(Figure.of(List.of(corners)).size(400, 400));
        Layout layout = Layout.of(figure, LayerToMarks.of(figure));
        BufferedImage image = png(figure);
        assertThat(image.getWidth()).isEqualTo(800);
        assertThat(hue(image, layout.x().place(0), layout.y().place(0))).isEqualTo(Hue.BLUE);
        assertThat(hue(image, layout.x().place(1), layout.y().place(1))).isEqualTo(Hue.BLUE);
        assertThat(hue(image, layout.x().place(0) + 10, layout.y().place(1) + 10))
                .isEqualTo(Hue.WHITE);
    }

    @Test
    void samples_are_visible_over_data_and_data_beside_samples() throws IOException {
        Layer data = cloud(20_000, 1, "data");
        Layer samples = cloud(2_000, 2, "samples");
        BufferedImage image = png(screen(Figure.of(List.of(data, samples)).size(600, 600)));
        long blue = count(image, Hue.BLUE);
        long red = count(image, Hue.RED);
        assertThat(blue).isGreaterThan(10_000);
        assertThat(red).isGreaterThan(10_000);
    }

    @Test
    void a_title_is_drawn_and_characters_without_an_outline_are_named() throws IOException {
        Figure plain = Figure.of(List.of(cloud(10, 1, "x̂"))).size(300, 300);
        assertThat(FigureFile.write(plain.title("Wörter σ\u0001"), folder.resolve("a.svg"))
                        .notes())
                .isEmpty();
        FigureFile written =
                FigureFile.write(plain.title("Words 字 字").y(new Axis("語", false)), folder.resolve("a.png"));
        assertThat(written.notes()).containsExactly("sde has no outlines of these characters and draws boxes: 字語");
        BufferedImage titled = ImageIO.read(written.path().toFile());
        assertThat(count(titled.getSubimage(0, 0, titled.getWidth(), 60), Hue.BLACK))
                .isGreaterThan(100);
    }

    @Test
    void texts_are_centred_at_their_anchor_and_turn_upwards() {
        BufferedImage page;
        try (RasterCanvas canvas = new RasterCanvas(200, 200, 1)) {
            canvas.text("−−−−", 100, 50, TextStyle.X_LABEL);
            canvas.text("−−−−", 30, 100, TextStyle.Y_LABEL);
            page = canvas.image();
        }
        Box lying = inked(page.getSubimage(50, 0, 150, 200));
        Box standing = inked(page.getSubimage(0, 0, 50, 200));
        // the ink is rounded to whole pixels at each end
        assertThat(50 + lying.left() + lying.width() / 2).isCloseTo(100, within(1.0));
        assertThat(standing.top() + standing.height() / 2).isCloseTo(100, within(1.0));
        assertThat(standing.height()).isCloseTo(lying.width(), within(1.0));
        assertThat(lying.bottom()).isBetween(40.0, 50.0);
        assertThat(standing.right()).isBetween(20.0, 30.0);
    }

    @Test
    void svg_is_well_formed_and_holds_every_word_as_text() throws Exception {
        Figure figure = Figure.of(List.of(cloud(50, 1, "a < b & \"c\""), cloud(50, 2, "β samples\u0001")))
                .title("Two <clouds>")
                .x(new Axis("x₁", false))
                .y(new Axis("x₂", false));
        Path path = folder.resolve("a.svg");
        assertThat(FigureFile.write(figure, path).notes()).isEmpty();
        Document document = svg(path);
        assertThat(texts(document)).contains("a < b & \"c\"", "β samples ", "Two <clouds>", "x₁", "x₂", "0");
        Element label = element(document, "text", "x₁");
        assertThat(label.getAttribute("opacity")).isEqualTo("0");
        assertThat(((Element) ((Element) label.getParentNode())
                                .getElementsByTagName("path")
                                .item(0))
                        .getAttribute("d"))
                .isEqualTo(Typeface.REGULAR.outline("x₁"));
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(2 * 50 + 2);
    }

    @Test
    void numbers_that_cannot_be_shown_are_left_out_and_counted() {
        double[] x = {1, 2, Double.NaN, 4, 5};
        double[] y = {1, -2, 3, Double.POSITIVE_INFINITY, 5};
        Figure figure = Figure.of(List.of(new Layer.Scatter(x, y, "points"), new Layer.Line(x, y, "")));
        assertThat(FigureFile.write(figure, folder.resolve("a.png")).notes())
                .containsExactly(
                        "2 of 5 points of \"points\" cannot be shown (not finite, or not positive on a logarithmic axis)",
                        "2 of 5 points of layer 2 cannot be shown (not finite, or not positive on a logarithmic axis)");
        assertThat(FigureFile.write(figure.y(new Axis("", true)), folder.resolve("a.svg"))
                        .notes())
                .allMatch(note -> note.startsWith("3 of 5"));
    }

    @Test
    void a_line_has_a_gap_where_a_number_is_missing() throws Exception {
        double[] x = {0, 1, 2, 3, 4};
        double[] y = {0, 1, Double.NaN, 1, 0};
        Path path = folder.resolve("a.svg");
        FigureFile.write(Figure.of(List.of(new Layer.Line(x, y, ""))), path);
        NodeList lines = svg(path).getElementsByTagName("polyline");
        long pieces = IntStream.range(0, lines.getLength())
                .mapToObj(k -> (Element) lines.item(k))
                .filter(line -> line.getAttribute("stroke").equals("#0072B2"))
                .count();
        assertThat(pieces).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.svg", "a.pdf", "A.PNG"})
    void empty_figures_and_layers_are_drawn(String name) {
        double[] none = {};
        FigureFile.write(Figure.of(List.of()), folder.resolve(name));
        List<Layer> layers = List.of(
                new Layer.Scatter(none, none, "a"), new Layer.Line(none, none, "b"), new Layer.Histogram(none, 0, "c"));
        FigureFile.write(Figure.of(layers), folder.resolve(name));
        FigureFile.write(
                Figure.of(layers).x(new Axis("", true)).y(new Axis("", true)).size(20, 20), folder.resolve(name));
        assertThat(folder.resolve(name)).isNotEmptyFile();
    }

    @Test
    void equal_values_and_extreme_ones_are_drawn() {
        for (double value : new double[] {0, 3, -1e300, 1e-300, 1e16}) {
            double[] same = {value, value};
            Figure figure = Figure.of(List.of(new Layer.Line(same, same, ""), new Layer.Histogram(same, 0, "")));
            FigureFile.write(figure, folder.resolve("a.png"));
            FigureFile.write(figure.x(new Axis("", true)), folder.resolve("a.svg"));
        }
    }

    @Test
    void points_of_the_plane_have_equal_units_and_lines_have_not() {
        Layer wide = new Layer.Scatter(new double[] {0, 2}, new double[] {0, 1}, "");
        Figure points = Figure.of(List.of(wide));
        Layout equal = Layout.of(points, LayerToMarks.of(points));
        double unit = equal.x().place(1) - equal.x().place(0);
        assertThat(equal.y().place(0) - equal.y().place(1)).isCloseTo(unit, within(1e-9));
        Figure free = points.aspect(Figure.Aspect.FREE);
        Layout filled = Layout.of(free, LayerToMarks.of(free));
        assertThat(filled.height()).isCloseTo(10 / 2.54 * 96, within(1e-9));
        assertThat(filled.y().place(0) - filled.y().place(1)).isGreaterThan(1.2 * unit);
    }

    @Test
    void a_legend_in_many_rows_takes_nothing_from_the_plot() {
        List<Layer> layers = IntStream.range(0, 8)
                .mapToObj(k -> cloud(10, k, "a rather long label " + k))
                .toList();
        Figure few = Figure.of(layers.stream().map(FigureFileTest::withoutLabel).toList());
        Layout without = Layout.of(few, LayerToMarks.of(few));
        Figure many = Figure.of(layers).title("A title that is wider than a small picture would be");
        Layout with = Layout.of(many, LayerToMarks.of(many));
        assertThat(with.legend().entries().getLast().baseline())
                .isLessThan(with.box().top());
        assertThat(with.box().height()).isGreaterThan(0.7 * without.box().height());
        assertThat(with.width()).isLessThanOrEqualTo(16 / 2.54 * 96);
    }

    @Test
    void a_legend_inside_lies_in_the_corner_without_marks_and_words() {
        Layer falling = new Layer.Line(new double[] {0, 1}, new double[] {1, 0}, "falling");
        Layer note =
                new Layer.Note(0.5, 0.95, "words that reach far to the right, to the edge", MarkStyle.labelled(""));
        Figure figure = Figure.of(List.of(falling, note));
        Figure.Appearance look = figure.appearance();
        Figure inside =
                figure.appearance(new Figure.Appearance(look.aspect(), look.size(), LegendPlace.INSIDE, look.dpi()));
        Layout layout = Layout.of(inside, LayerToMarks.of(inside));
        // the line takes the upper left and the lower right, the end of the note the upper right
        assertThat(layout.legend().box().bottom())
                .isGreaterThan(layout.box().bottom() - layout.box().height() / 4);
        assertThat(layout.legend().box().left())
                .isLessThan(layout.box().left() + layout.box().width() / 4);
    }

    @Test
    void other_endings_are_refused_with_the_known_ones() {
        Path path = folder.resolve("a.eps");
        Diagnostic fault = catchThrowableOfType(SdeError.class, () -> FigureFile.write(Figure.of(List.of()), path))
                .diagnostics()
                .getFirst();
        assertThat(fault.message()).isEqualTo("pictures are not written as a.eps");
        assertThat(fault.help()).contains("known endings are .png, .svg and .pdf");
        assertThat(path).doesNotExist();
    }

    private enum Hue {
        WHITE,
        BLACK,
        BLUE,
        RED,
        OTHER
    }

    private static Hue hue(BufferedImage image, double x, double y) {
        return hue(image.getRGB((int) (2 * x), (int) (2 * y)));
    }

    private static Hue hue(int rgb) {
        int red = rgb >> 16 & 255;
        int blue = rgb & 255;
        if (Math.abs(red - blue) < 20) {
            return red > 240 ? Hue.WHITE : red < 100 ? Hue.BLACK : Hue.OTHER;
        }
        return red < blue ? Hue.BLUE : Hue.RED;
    }

    private static long count(BufferedImage image, Hue wanted) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return IntStream.of(pixels).filter(rgb -> hue(rgb) == wanted).count();
    }

    /** Returns the figure with two pixels per unit. */
    private static Figure screen(Figure figure) {
        Figure.Appearance look = figure.appearance();
        return figure.appearance(new Figure.Appearance(look.aspect(), look.size(), look.legend(), 192));
    }

    private BufferedImage png(Figure figure) throws IOException {
        Path path = folder.resolve("test.png");
        FigureFile.write(figure, path);
        return ImageIO.read(path.toFile());
    }

    private static Document svg(Path path) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(path));
    }

    private static List<String> texts(Document document) {
        NodeList nodes = document.getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(k -> nodes.item(k).getTextContent())
                .toList();
    }

    private static Element element(Document document, String name, String text) {
        NodeList nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(k -> (Element) nodes.item(k))
                .filter(node -> node.getTextContent().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the bounds of the pixels that are not white. */
    private static Box inked(BufferedImage image) {
        int[] x = IntStream.range(0, image.getWidth())
                .filter(k -> IntStream.range(0, image.getHeight()).anyMatch(l -> hue(image.getRGB(k, l)) != Hue.WHITE))
                .toArray();
        int[] y = IntStream.range(0, image.getHeight())
                .filter(l -> IntStream.range(0, image.getWidth()).anyMatch(k -> hue(image.getRGB(k, l)) != Hue.WHITE))
                .toArray();
        return new Box(x[0], y[0], x[x.length - 1] + 1 - x[0], y[y.length - 1] + 1 - y[0]);
    }

    private static Layer withoutLabel(Layer layer) {
        return layer instanceof Layer.Scatter(double[] x, double[] y, MarkStyle style)
                ? new Layer.Scatter(x, y, "")
                : layer;
    }

    private static Layer cloud(int n, int seed, String label) {
        Random random = new Random(seed);
        double[] x = random.doubles(n).map(u -> random.nextGaussian()).toArray();
        double[] y = random.doubles(n).map(u -> random.nextGaussian()).toArray();
        return new Layer.Scatter(x, y, label);
    }
}
