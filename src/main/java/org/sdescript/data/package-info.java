/**
 * Data sets and their files: random point sets, images, tables from CSV and arrays of NumPy, their scaling, and
 * writing.
 */
package org.sdescript.data;
