/** Program text and places in it. */
package org.sdescript.source;
