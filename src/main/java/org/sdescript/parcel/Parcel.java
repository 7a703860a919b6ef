package org.sdescript.parcel;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.sdescript.runtime.Interpreter;

/**
 * A value in a portable form: data only, whose reading runs nothing of it.
 *
 * @param body the value, with the texts of the scripts that its functions were declared in
 * @param names the names of these scripts, in the order of their texts: for errors only, so they are not part of the hash
 */
public record Parcel(byte[] body, List<String> names) {
    public Parcel {
        names = List.copyOf(names);
    }

    /**
     * Packs a value: any of the interpreter, or a list, map or record of such values. Throws an error of the script if the
     * value itself has no portable form; a name that a function may read and that has none is packed as its description.
     */
    public static Parcel of(Object value, Interpreter interpreter) {
        return new ParcelWriter(interpreter).packed(value);
    }

    /** Unpacks the value for an interpreter of any process. Throws {@link Malformed} if the bytes are not a parcel. */
    public Object unpacked(Interpreter interpreter) {
        return new ParcelReader(this, interpreter, false).value();
    }

    /** The same, where the value is the result of the present call: its memory is freed when no name reaches it. */
    public Object unpackedAsResult(Interpreter interpreter) {
        return new ParcelReader(this, interpreter, true).value();
    }

    /** The parcel as one array of bytes. */
    public byte[] toBytes() {
        ParcelBytes out = new ParcelBytes();
        out.number(names.size());
        names.forEach(out::text);
        out.all(body);
        return out.toArray();
    }

    /** Reads what {@link #toBytes} wrote. */
    public static Parcel of(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            List<String> names = new ArrayList<>();
            for (int i = in.getInt(); i > 0; i--) {
                names.add(new String(part(in), StandardCharsets.UTF_8));
            }
            return new Parcel(part(in), names);
        } catch (BufferUnderflowException cut) {
            throw new Malformed("it ends early", cut);
        }
    }

    private static byte[] part(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new Malformed("it ends early");
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    /** SHA-256 of the body, in hexadecimal digits. */
    public String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
