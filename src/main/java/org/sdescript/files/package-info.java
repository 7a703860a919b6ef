/** Files on the disk: atomic writes, locks, safe reading, and errors that name the cause. */
package org.sdescript.files;
