package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads event files by a reader written from the definition of the format, which shares no code with the writer. */
class EventFileTest {
    @TempDir
    Path folder;

    @Test
    void the_sum_of_the_format_is_that_of_its_definition() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertThat(crc(digits)).isEqualTo(0xe3069283);
    }

    @Test
    void numbers_are_read_back() throws IOException {
        EventFile file = EventFile.begin(folder, 0);
        file.scalar(1, "loss", 0.5);
        file.scalar(300, "validation", -2.25);
        file.scalar(1L << 40, "loss", 1e-30);

        List<byte[]> events = records(Files.readAllBytes(file.path()));
        assertThat(events)
                .extracting(EventFileTest::text)
                .containsExactly(
                        "3: brain.Event:2",
                        "2: 1; 5: {1: {1: loss; 2: 0.5}}",
                        "2: 300; 5: {1: {1: validation; 2: -2.25}}",
                        "2: 1099511627776; 5: {1: {1: loss; 2: 1.0E-30}}");
        assertThat(file.path().getFileName().toString()).contains("tfevents");
    }

    /** Every file of TensorFlow begins with these bytes: the length 24 and its masked sum. */
    @Test
    void a_file_begins_as_those_of_other_writers() throws IOException {
        byte[] bytes = Files.readAllBytes(EventFile.begin(folder, 0).path());

        assertThat(HexFormat.of().formatHex(bytes, 0, 13)).isEqualTo("1800000000000000a37f4b2209");
    }

    @Test
    void a_resumed_training_adds_a_file_that_replaces_later_steps() throws IOException {
        EventFile first = EventFile.begin(folder, 0);
        EventFile second = EventFile.begin(folder, 40);

        assertThat(first.path()).exists().isNotEqualTo(second.path());
        assertThat(records(Files.readAllBytes(second.path())))
                .extracting(EventFileTest::text)
                .containsExactly("3: brain.Event:2", "2: 41; 7: {1: 1}");
    }

    @Test
    void a_new_training_deletes_the_files_of_an_earlier_one_and_no_others() throws IOException {
        EventFile first = EventFile.begin(folder, 0);
        Path other = Files.writeString(folder.resolve("events.out.tfevents.1.other"), "");
        EventFile.begin(folder, 1);
        EventFile second = EventFile.begin(folder, 0);

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(other, second.path());
        }
        assertThat(first.path().getParent()).isEqualTo(second.path().getParent());
    }

    /** Returns the events of a file; asserts all checksums. */
    private static List<byte[]> records(byte[] file) {
        List<byte[]> events = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            byte[] head = new byte[8];
            bytes.get(head);
            assertThat(bytes.getInt()).isEqualTo(masked(head));
            byte[] event = new byte
                    [(int) ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong()];
            bytes.get(event);
            assertThat(bytes.getInt()).isEqualTo(masked(event));
            events.add(event);
        }
        return events;
    }

    private static int masked(byte[] bytes) {
        int crc = crc(bytes);
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    /** CRC-32C bit by bit. */
    private static int crc(byte[] bytes) {
        int crc = -1;
        for (byte each : bytes) {
            crc ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
            }
        }
        return ~crc;
    }

    /** The fields of a message, without the time; a message that begins with a letter is a string. */
    private static String text(byte[] message) {
        List<String> fields = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            long key = varint(bytes);
            String value =
                    switch ((int) key & 7) {
                        case 0 -> String.valueOf(varint(bytes));
                        case 1 -> time(bytes.getDouble());
                        case 5 -> String.valueOf(bytes.getFloat());
                        default -> nested(bytes);
                    };
            fields.add((key >> 3) + ": " + value);
        }
        return String.join(
                "; ", fields.stream().filter(field -> !field.equals("1: now")).toList());
    }

    private static String time(double seconds) {
        assertThat(seconds).isBetween(1.7e9, 1e11);
        return "now";
    }

    private static String nested(ByteBuffer bytes) {
        byte[] inner = new byte[(int) varint(bytes)];
        bytes.get(inner);
        return Character.isLetter(inner[0]) ? new String(inner, StandardCharsets.UTF_8) : "{" + text(inner) + "}";
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
