package org.sdescript.exchange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first words on a connection between two workers. Each proves that it knows the secret: it answers the other's
 * random challenge by an HMAC-SHA256 (RFC 2104) of both challenges and its rank. Nothing that a stranger sends is
 * interpreted before. What follows on the connection is neither signed nor encrypted.
 */
final class Handshake {
    private static final int GREETING = 0x73646531; // "sde1"
    private static final int CHALLENGE = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final Peers peers;
    private final int rank;
    private final byte[] secret;

    Handshake(Peers peers, int rank, byte[] secret) {
        this.peers = peers;
        this.rank = rank;
        this.secret = secret.clone();
    }

    /** Introduces this worker to the next one, whose socket has a read time-out; throws if that is not the next one. */
    void introduce(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] given = in.readNBytes(CHALLENGE);
        if (given.length < CHALLENGE) {
            throw new IOException("the connection was closed");
        }
        byte[] own = challenge();
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.write(ByteBuffer.allocate(Integer.BYTES + 2 * CHALLENGE)
                .putInt(GREETING)
                .put(own)
                .put(proof(given, own, rank))
                .array());
        byte[] answer = in.readNBytes(CHALLENGE);
        if (!MessageDigest.isEqual(answer, proof(own, given, peers.after(rank)))) {
            throw new IOException("the secrets of the two workers differ, or the address is another program's");
        }
    }

    /** Returns true if the other side of a new connection is the previous worker. */
    boolean admits(Socket socket) throws IOException {
        byte[] own = challenge();
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.write(own);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        if (in.readInt() != GREETING) {
            return false;
        }
        byte[] given = new byte[CHALLENGE];
        in.readFully(given);
        byte[] proof = new byte[CHALLENGE];
        in.readFully(proof);
        if (!MessageDigest.isEqual(proof, proof(own, given, peers.before(rank)))) {
            return false;
        }
        out.write(proof(given, own, rank));
        return true;
    }

    private static byte[] challenge() {
        byte[] bytes = new byte[CHALLENGE];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** @param challenge the challenge of the worker that checks the proof */
    private byte[] proof(byte[] challenge, byte[] own, int prover) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(challenge);
            mac.update(own);
            mac.update(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(prover)
                    .putInt(peers.world())
                    .array());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
