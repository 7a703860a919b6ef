package org.sdescript.runtime.kernel;

import java.util.Map;
import org.sdescript.runtime.Value;

/**
 * One way through a body whose branches depend on its numbers.
 *
 * @param traced the graph; its further outputs, after the results, are the numbers that decided branches
 * @param result the return value of the body; traced values stand for results of the graph
 * @param conditions the truth of outputs on this way, by index, as far as another way differs in it
 */
public record TracedWay(Kernels.Traced traced, Value result, Map<Integer, Boolean> conditions) {}
