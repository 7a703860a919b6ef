/** What an error is ({@link org.sdescript.diagnostic.Diagnostic}), and the only place that renders one. */
package org.sdescript.diagnostic;
