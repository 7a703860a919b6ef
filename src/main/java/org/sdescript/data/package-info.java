/** Data sets and their files: point sets drawn from a seed, tables read from CSV, standardised, and written back. */
package org.sdescript.data;
