package org.sdescript.cluster;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * The device and the threads that Spark gives a task: the GPU of its resource {@code gpu}, if the job asks for one, and as
 * many threads of the tensor library as cores ({@code spark.task.cpus}).
 */
record TaskMeans(String device, int threads) {
    static TaskMeans of(TaskContext context) {
        Map<String, ResourceInformation> resources = context.resourcesJMap();
        ResourceInformation gpu = resources.get("gpu");
        String device = gpu == null || gpu.addresses().length == 0 ? "cpu" : "gpu:" + gpu.addresses()[0];
        return new TaskMeans(device, threads(context));
    }

    /** {@code spark.task.cpus}, 1 unless it is set. */
    private static int threads(TaskContext context) {
        SparkEnv env = SparkEnv.get();
        SparkConf conf = env == null ? new SparkConf(false) : env.conf();
        return Math.max(context.cpus(), conf.getInt("spark.task.cpus", 1));
    }
}
