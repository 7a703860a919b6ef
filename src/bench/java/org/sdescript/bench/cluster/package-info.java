/**
 * The costs of a cluster: measured constants, and a simulation of trainings and maps on more machines than were measured.
 * Start with {@link org.sdescript.bench.cluster.ClusterScale}.
 */
@NullMarked
package org.sdescript.bench.cluster;

import org.jspecify.annotations.NullMarked;
