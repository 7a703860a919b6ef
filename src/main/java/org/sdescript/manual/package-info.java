/** What is told of the language: the page of each name, the reference made of them, and the page of each error. */
package org.sdescript.manual;
