/**
 * The phases in order, on one page: {@link org.sdescript.pipeline.Pipeline} reads a script, parses and checks it, binds
 * built-ins and the standard library, and runs it. All callers that start scripts use this package.
 */
package org.sdescript.pipeline;
