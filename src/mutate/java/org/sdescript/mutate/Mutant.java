package org.sdescript.mutate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.pitest.mutationtest.engine.MutationDetails;

/** One small change of one method's bytecode, as PIT describes it. */
record Mutant(MutationDetails details) {
    String className() {
        return details.getClassName().asJavaName();
    }

    String packageName() {
        return className().substring(0, className().lastIndexOf('.'));
    }

    /** The name of the method with its descriptor. */
    String method() {
        return details.getId().getLocation().getMethodName()
                + details.getId().getLocation().getMethodDesc();
    }

    int line() {
        return details.getLineNumber();
    }

    /** A name that stays while other classes change. */
    String name() {
        return className() + "." + method() + "#" + details.getFirstIndex() + ":" + details.getMutator();
    }

    /** The place in the order of a seed: the mutants with the smallest ones are the sample. */
    String rank(long seed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((seed + " " + name()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it is and what it changes, for a reader. */
    String description() {
        String place = details.getFilename() + ":" + line() + " "
                + details.getId().getLocation().getMethodName();
        return packageName() + " " + place + ": " + details.getDescription();
    }
}
