/** Pixels: draws characters and digits, reads and writes picture files. Start with {@link Picture}. */
package org.sdescript.image;
