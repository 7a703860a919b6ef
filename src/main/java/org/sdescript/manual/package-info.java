/**
 * The manual: the page of each name, the reference made of these pages, and the page of each error. Start with {@link
 * Manual}.
 */
@NullMarked
package org.sdescript.manual;

import org.jspecify.annotations.NullMarked;
