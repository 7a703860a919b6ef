package org.sdescript.exchange;

/** Thrown inside of an exchange when a worker is lost; {@link Ring} makes it an error for the user. */
final class PeerLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int rank;
    private final Loss how;
    private final String why;

    /** @param rank the worker that was lost first */
    PeerLost(int rank, Loss how, String why) {
        super(why, null, false, false);
        this.rank = rank;
        this.how = how;
        this.why = why;
    }

    int rank() {
        return rank;
    }

    Loss how() {
        return how;
    }

    boolean isWillful() {
        return how == Loss.WILLFUL;
    }

    String why() {
        return why;
    }
}
