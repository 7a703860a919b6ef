/** The manual: the page of each name, the reference made of these pages, and the page of each error. */
package org.sdescript.manual;
