/**
 * Tables of numbers in CSV files: infers the format, parses the cells, and reports every cell that is no number. Start
 * with {@link CsvTable}.
 */
@NullMarked
package org.sdescript.data.csv;

import org.jspecify.annotations.NullMarked;
