/** The request to stop, and the polling of the request in long work. Start with {@link StopRequest}. */
package org.sdescript.interrupt;
