/** Program text and positions in it. Start with {@link Source}. */
package org.sdescript.source;
