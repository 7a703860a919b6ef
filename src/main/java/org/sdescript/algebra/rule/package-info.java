/** One class per rewrite; each comment shows before → after, the condition, and the error without the rule. */
package org.sdescript.algebra.rule;
