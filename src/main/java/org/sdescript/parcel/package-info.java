/**
 * Values in a portable form: what a function needs, as bytes with a hash, which another process unpacks.
 * Start with {@link Parcel}.
 */
@NullMarked
package org.sdescript.parcel;

import org.jspecify.annotations.NullMarked;
