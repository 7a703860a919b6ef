package org.sdescript.ast;

import org.sdescript.source.Span;

/** Anything of the syntax tree that has a place in the text. */
public sealed interface Node
        permits Program, Block, Statement, SdeItem, EquationTerm, Parameter, Body, Expression, Argument, Subscript {
    Span span();
}
