package org.sdescript.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class PixelsTest {
    @Test
    void numbers_from_minus_one_to_one_are_black_to_white_and_cut_off_beyond() {
        assertThat(Pixels.of(new double[] {-1, 1, 5, Double.NaN}, 0, 1, 2, 2).rgb())
                .containsExactly(0, 0xFFFFFF, 0xFFFFFF, 0);
        assertThat(Pixels.of(new double[] {1, -1, -1}, 0, 3, 1, 1).rgb()).containsExactly(0xFF0000);
    }

    @Test
    void tiles_stand_in_rows_with_white_between_them() {
        Pixels dark = new Pixels(1, 1, new int[] {0});
        Pixels sheet = Pixels.tiled(new Pixels[] {dark, dark, dark}, 2, 1);

        assertThat(sheet.width()).isEqualTo(3);
        assertThat(sheet.rgb()).containsExactly(0, 0xFFFFFF, 0, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0, 0xFFFFFF, 0xFFFFFF);
    }

    @Test
    void enlarged_pixels_are_squares() {
        assertThat(new Pixels(2, 1, new int[] {1, 2}).enlarged(2).rgb()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
    }

    @Test
    void only_images_of_one_channel_or_three_are_pictures() {
        assertThat(ImageStack.of(new long[] {5, 2, 3, 3}, new double[90])).isEmpty();
        assertThat(ImageStack.of(new long[] {4}, new double[4])).isEmpty();
        assertThat(ImageStack.of(new long[] {5, 3, 2, 2}, new double[60]))
                .hasValueSatisfying(stack -> assertThat(stack.grid(0).width()).isEqualTo(3 * 2 + 2));
    }

    @Test
    void a_gif_has_all_frames_and_goes_on_for_ever() throws IOException {
        List<BufferedImage> frames = List.of(
                new Pixels(2, 2, new int[] {0, 0, 0, 0}).image(), new Pixels(2, 2, new int[] {-1, -1, -1, -1}).image());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Gif.write(frames, List.of(10, 150), out);

        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(2);
            assertThat(reader.read(1).getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
        }
        assertThat(out.toString(java.nio.charset.StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0");
    }

    @Test
    void digits_are_of_every_kind_and_reach_no_further_than_their_image() {
        DigitImages digits = DigitImages.draw(100, 16, new SplittableRandom(1));

        assertThat(Arrays.stream(digits.labels()).distinct().count()).isEqualTo(10);
        for (int i = 0; i < 100; i++) {
            float[] image = Arrays.copyOfRange(digits.pixels(), 256 * i, 256 * (i + 1));
            int bright = 0;
            for (float pixel : image) {
                assertThat(pixel).isBetween(-1f, 1f);
                bright += pixel > 0 ? 1 : 0;
            }
            assertThat(bright).as("pixels of a " + digits.labels()[i]).isBetween(8, 160);
        }
    }
}
