package org.sdescript.ast;

import org.sdescript.source.Span;

/** A node of the syntax tree, with its position in the text. */
public sealed interface SyntaxNode
        permits Program,
                Block,
                Statement,
                SdeItem,
                EquationTerm,
                Parameter,
                Order,
                Body,
                Expression,
                Argument,
                Subscript {
    Span span();
}
