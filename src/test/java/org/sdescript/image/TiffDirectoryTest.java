package org.sdescript.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiffDirectoryTest {
    private static final int LONG = 4;

    /** A picture of 19 × 11 in three strips of eight rows at most. */
    private static byte[] written() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(19, 11, BufferedImage.TYPE_INT_RGB), "tiff", bytes);
        return bytes.toByteArray();
    }

    /** Sets a field of one value. */
    private static byte[] with(byte[] file, int tag, int value) {
        ByteBuffer tiff = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        for (int i = 0; i < tiff.getShort(directory); i++) {
            int at = directory + 2 + 12 * i;
            if (Short.toUnsignedInt(tiff.getShort(at)) == tag) {
                tiff.putShort(at + 2, (short) LONG).putInt(at + 4, 1).putInt(at + 8, value);
                return file;
            }
        }
        throw new IllegalArgumentException("no field " + tag);
    }

    @Test
    void a_file_as_it_was_written_is_taken() throws IOException {
        assertThat(TiffDirectory.isInside(written())).isTrue();
    }

    /** Width, length, bits, samples, and the bytes and the rows of a strip. */
    @ParameterizedTest
    @CsvSource({
        "256, 0",
        "256, 1000000",
        "256, -1",
        "257, 0",
        "257, 1000000",
        "258, 17",
        "258, -1",
        "277, 5",
        "279, 100000",
        "279, -1",
        "278, 1",
        "278, 0"
    })
    void a_field_beyond_what_the_file_holds_is_refused(int tag, int value) throws IOException {
        assertThat(TiffDirectory.isInside(with(written(), tag, value))).isFalse();
    }
}
