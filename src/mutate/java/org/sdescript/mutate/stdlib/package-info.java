/** Measures how many small changes of {@code stdlib/*.sde} the tests detect; {@code LibraryMutation} is the program. */
package org.sdescript.mutate.stdlib;
