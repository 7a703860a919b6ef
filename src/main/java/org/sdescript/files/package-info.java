/** Files on the disk: what is written appears whole or not at all, and what cannot be opened is explained in a sentence. */
package org.sdescript.files;
