package org.sdescript.runtime;

import java.util.Optional;

/** The version of sde, from its jar. */
public final class Version {
    private Version() {}

    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
