/**
 * The phases in order, on one page: {@link org.sdescript.pipeline.Pipeline} reads a script, parses and checks it, puts
 * built-ins and the standard library under it, and runs it. Whatever starts scripts goes through here.
 */
package org.sdescript.pipeline;
