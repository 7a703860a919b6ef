package org.sdescript.jupyter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of messages: an HMAC in hexadecimal digits; the empty text if there is no key. */
final class MessageSignature {
    private static final String PREFIX = "hmac-";

    private final String algorithm;
    private final byte[] key;

    /** @param scheme such as {@code hmac-sha256} */
    MessageSignature(String scheme, String key) {
        this.algorithm = algorithm(scheme);
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    private static String algorithm(String scheme) {
        return "Hmac" + scheme.replaceFirst("^" + PREFIX, "").toUpperCase(Locale.ROOT);
    }

    /** True if messages can be signed by this scheme here. */
    static boolean isKnown(String scheme) {
        try {
            Mac.getInstance(algorithm(scheme));
            return true;
        } catch (GeneralSecurityException unknown) {
            return false;
        }
    }

    byte[] of(List<byte[]> parts) {
        if (key.length == 0) {
            return new byte[0];
        }
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            parts.forEach(mac::update);
            return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException unknown) {
            throw new IllegalArgumentException("messages cannot be signed by " + algorithm, unknown);
        }
    }

    boolean fits(byte[] given, List<byte[]> parts) {
        return MessageDigest.isEqual(given, of(parts));
    }
}
