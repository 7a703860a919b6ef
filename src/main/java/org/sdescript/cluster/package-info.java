/**
 * Apache Spark, on which a run computes if it names a cluster. Only this package uses Spark, and only {@code
 * runtime.ClusterLoader} loads this package. Start with {@link SparkCluster}.
 */
@NullMarked
package org.sdescript.cluster;

import org.jspecify.annotations.NullMarked;
