package org.sdescript.parcel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        return new ParcelReader(this, interpreter).value();
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
