/** Pixels: letters and digits drawn, pictures read from files and written to them. */
package org.sdescript.image;
