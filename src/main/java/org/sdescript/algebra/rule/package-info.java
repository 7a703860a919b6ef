/** One class per rewrite: before → after, the condition, and what goes wrong without it. */
package org.sdescript.algebra.rule;
