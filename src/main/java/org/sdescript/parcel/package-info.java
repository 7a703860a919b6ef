/**
 * Values in a portable form: what a function needs, as bytes with a hash, and the units of work that other processes run
 * from it. Start with {@link Parcel}.
 */
@NullMarked
package org.sdescript.parcel;

import org.jspecify.annotations.NullMarked;
