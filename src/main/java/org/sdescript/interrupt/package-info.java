/** The request to stop, and where long work asks for it. */
package org.sdescript.interrupt;
