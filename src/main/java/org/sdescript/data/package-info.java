/**
 * Data sets and their files: random point sets, images, tables from CSV and arrays of NumPy, their scaling, and
 * writing. Start with {@link DataFunctions}.
 */
@NullMarked
package org.sdescript.data;

import org.jspecify.annotations.NullMarked;
