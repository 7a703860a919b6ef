/** Timings, run by {@code mvn -Pbench test}; they belong to no test. */
package org.sdescript.bench;
