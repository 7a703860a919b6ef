/** The request to stop, and the polling of the request in long work. */
package org.sdescript.interrupt;
