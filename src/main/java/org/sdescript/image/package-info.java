/** Pixels and letters: outlines of characters, random digits, picture files. Start with {@link Picture}. */
package org.sdescript.image;
