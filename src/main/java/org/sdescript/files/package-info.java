/**
 * Files on the disk: atomic writes, locks, safe reading, and errors that name the cause. Start with {@link AtomicFile}.
 */
@NullMarked
package org.sdescript.files;

import org.jspecify.annotations.NullMarked;
