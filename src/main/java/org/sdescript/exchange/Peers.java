package org.sdescript.exchange;

import java.time.Duration;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * The workers of a ring, in errors.
 *
 * @param addresses {@code host:port} of each, by rank
 */
record Peers(List<String> addresses) {
    Peers {
        addresses = List.copyOf(addresses);
    }

    int world() {
        return addresses.size();
    }

    int after(int rank) {
        return (rank + 1) % world();
    }

    int before(int rank) {
        return Math.floorMod(rank - 1, world());
    }

    String name(int rank) {
        return "the worker of rank " + rank + " at " + addresses.get(rank);
    }

    /** Returns the error of a worker that does not answer any more, or that has ended the exchange itself. */
    SdeError lost(PeerLost loss) {
        return loss.isWillful()
                ? Diagnostic.error("E0961", null, name(loss.rank()) + " ended the training: " + loss.why())
                        .raise()
                : Diagnostic.error("E0960", null, name(loss.rank()) + " is lost: " + loss.why())
                        .help("read the log of that worker; a checkpoint of the training goes on with `resume = true`")
                        .raise();
    }

    /** Returns the error of a ring that could not be formed. */
    SdeError unconnected(int rank, String why) {
        return Diagnostic.error("E0962", null, "no connection with " + name(rank) + ": " + why)
                .help("the workers' machines must reach each other on all ports, and all have the same secret")
                .raise();
    }

    static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
