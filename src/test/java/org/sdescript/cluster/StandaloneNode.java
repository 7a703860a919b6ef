package org.sdescript.cluster;

import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.util.Utils;
import org.jspecify.annotations.NullMarked;
import scala.Option;

/**
 * The program of a master's and of a worker's process. It ends at the end of its input: when the test closes the input,
 * and when the test's process dies in any way.
 */
@NullMarked
final class StandaloneNode {
    private StandaloneNode() {}

    /**
     * {@code master}, or {@code worker MASTER CORES FOLDER}. A master prints its address and the port of its pages, at
     * which {@code /json} lists the workers.
     */
    public static void main(String[] arguments) throws IOException {
        SparkConf conf = new SparkConf();
        if (arguments[0].equals("master")) {
            var started = Master.startRpcEnvAndEndpoint(StandaloneCluster.HOST, 0, 0, conf);
            RpcEnv master = started._1();
            System.out.println(
                    "spark://" + StandaloneCluster.HOST + ":" + master.address().port() + " " + started._2());
        } else {
            Worker.startRpcEnvAndEndpoint(
                    StandaloneCluster.HOST,
                    0,
                    0,
                    Integer.parseInt(arguments[2]),
                    Utils.memoryStringToMb(StandaloneCluster.WORKER_MEMORY),
                    new String[] {arguments[1]},
                    arguments[3],
                    Option.empty(),
                    conf,
                    Option.empty());
        }
        while (System.in.read() >= 0) {
            // the test sends nothing: the read waits for the end
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(0);
    }
}
