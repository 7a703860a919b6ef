/** The request to stop, and the polling of the request in long work. Start with {@link StopRequest}. */
@NullMarked
package org.sdescript.interrupt;

import org.jspecify.annotations.NullMarked;
