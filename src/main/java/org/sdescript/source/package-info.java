/** Program text and positions in it. */
package org.sdescript.source;
