/**
 * Data sets of images: public benchmarks in the formats of their authors, and folders of pictures. Start with {@link
 * ImageFunctions}.
 */
@NullMarked
package org.sdescript.data.image;

import org.jspecify.annotations.NullMarked;
