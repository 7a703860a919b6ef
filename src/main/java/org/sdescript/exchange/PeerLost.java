package org.sdescript.exchange;

/** Thrown inside of an exchange when a worker is lost; {@link Ring} makes it an error for the user. */
final class PeerLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int rank;
    private final boolean willful;
    private final String why;

    /**
     * @param rank the worker that was lost first
     * @param willful true if that worker has said so itself
     */
    PeerLost(int rank, boolean willful, String why) {
        super(why, null, false, false);
        this.rank = rank;
        this.willful = willful;
        this.why = why;
    }

    int rank() {
        return rank;
    }

    boolean isWillful() {
        return willful;
    }

    String why() {
        return why;
    }
}
