/** Pixels and letters: outlines of characters, random digits, picture files. Start with {@link Picture}. */
@NullMarked
package org.sdescript.image;

import org.jspecify.annotations.NullMarked;
