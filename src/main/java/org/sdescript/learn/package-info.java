/** Training: the loop, what it keeps, and the model that comes out of it, which is a score. */
package org.sdescript.learn;
