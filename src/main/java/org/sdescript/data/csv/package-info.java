/**
 * Tables of numbers in CSV files: infers the format, parses the cells, and reports every cell that is no number. Start
 * with {@link CsvTable}.
 */
package org.sdescript.data.csv;
