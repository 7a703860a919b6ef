/**
 * One class per rewrite of formulas; each comment shows before → after, the condition, and the error without the rule.
 * {@link AllRules} lists them. Start with {@link CancelLogOfExp}.
 */
@NullMarked
package org.sdescript.algebra.rule;

import org.jspecify.annotations.NullMarked;
