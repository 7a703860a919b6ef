package org.sdescript.serve;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which requests are answered. Other pages in the same browser can send requests to this machine: their origin
 * is another one, and they do not know the token. A page whose name is later bound to this machine's address (DNS
 * rebinding) sends its own name as host.
 *
 * @param token the secret part of the address
 */
record Access(String token, int port) {
    private static final int TOKEN_BYTES = 24;
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the reason why a request is refused; empty if the request is answered. */
    Optional<String> refusal(Headers headers, String path) {
        String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
        if (!host.equals("127.0.0.1:" + port) && !host.equals("localhost:" + port)) {
            return Optional.of("this server answers only as 127.0.0.1:" + port);
        }
        String origin = headers.getFirst("Origin");
        String site = headers.getFirst("Sec-Fetch-Site");
        if (origin != null && !origin.equals("http://" + host) || site != null && !OWN_SITES.contains(site)) {
            return Optional.of("other pages may not use this server");
        }
        return hasToken(path)
                ? Optional.empty()
                : Optional.of("the address lacks the token; open the address that `sde serve` printed");
    }

    private boolean hasToken(String path) {
        String[] parts = path.split("/", 3);
        return parts.length > 1 && isSame(parts[1], token);
    }

    /** Compares in constant time. */
    private static boolean isSame(String given, String secret) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }
}
