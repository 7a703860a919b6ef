package org.sdescript.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.sdescript.diagnostic.Diagnostic;

/**
 * The address of Spark's master, with errors that name the cause: Spark itself waits a minute for an unreachable master
 * and then only says that it stopped.
 */
record SparkMaster(String address) {
    private static final String STANDALONE = "spark://";

    /** A lost packet of a connection attempt is sent again after 1 and 3 seconds: time for both. */
    private static final int CONNECT_MILLIS = 5000;

    boolean isLocal() {
        return address.equals("local") || address.startsWith("local[");
    }

    /** Throws if none of the named masters of a standalone cluster accepts connections. */
    void requireReachable() {
        if (!address.startsWith(STANDALONE)) {
            return;
        }
        String[] masters = address.substring(STANDALONE.length()).split(",", -1);
        if (Stream.of(masters).noneMatch(SparkMaster::accepts)) {
            throw Diagnostic.error("E0942", null, "there is no cluster at " + address)
                    .note("nothing there accepts connections")
                    .help("the page of the master shows its address, which begins with spark://")
                    .raise();
        }
    }

    private static boolean accepts(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        String host = hostAndPort.substring(0, colon);
        int port = Integer.parseInt(hostAndPort.substring(colon + 1));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException refused) {
            return false;
        }
    }

    JavaSparkContext open(SparkConf conf) {
        try {
            return new JavaSparkContext(conf);
        } catch (Exception refused) {
            throw failure(refused);
        }
    }

    private RuntimeException failure(Exception refused) {
        Diagnostic error = Diagnostic.error("E0942", null, "the cluster " + address + " cannot be used")
                .note(refused.getMessage() == null ? refused.toString() : refused.getMessage());
        boolean isForeign = refused instanceof SparkException && !isLocal() && !address.startsWith(STANDALONE);
        return isForeign
                ? error.help("Spark's own installation knows this cluster: start sde by its spark-submit")
                        .raise()
                : error.raise();
    }
}
