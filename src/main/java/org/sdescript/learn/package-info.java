/**
 * Training: the loop, checkpoints, and the trained model, which is a score; model files, export and import. Start with
 * {@link Training}.
 */
@NullMarked
package org.sdescript.learn;

import org.jspecify.annotations.NullMarked;
