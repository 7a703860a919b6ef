/** Training: the loop, checkpoints, and the trained model, which is a score. */
package org.sdescript.learn;
