/** Program text and positions in it. Start with {@link Source}. */
@NullMarked
package org.sdescript.source;

import org.jspecify.annotations.NullMarked;
