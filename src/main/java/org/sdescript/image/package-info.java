/** Pixels: draws characters and digits, reads and writes picture files. */
package org.sdescript.image;
