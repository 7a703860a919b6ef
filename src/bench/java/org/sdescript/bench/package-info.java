/** Benchmarks, run by {@code mvn -Pbench test}; no test depends on them. */
package org.sdescript.bench;
