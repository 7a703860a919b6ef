/** Timings, run by {@code mvn -Pbench verify}; they belong to no test. */
package org.sdescript.bench;
