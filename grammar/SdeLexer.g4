/** The words of the language. Newlines, soft keywords and brackets are sorted out between lexer and parser. */
lexer grammar SdeLexer;

tokens {
    IMPORT,
    PARAM,
    CALLABLE,
    SDE,
    BRANCH,
    LAMBDA_PAREN,
    DIFFERENTIAL,
    LOCAL,
    NATIVE,
    INTERVAL,
    OF,
    STRONG,
    ORDER,
    GIVES,
    REST,
    TRY,
    CATCH
}

IF: 'if';
THEN: 'then';
ELSE: 'else';
FOR: 'for';
IN: 'in';
WHILE: 'while';
REPEAT: 'repeat';
RETURN: 'return';
BREAK: 'break';
CONTINUE: 'continue';
AND: 'and';
OR: 'or';
NOT: 'not';
TRUE: 'true';
FALSE: 'false';
NONE: 'none';

LPAREN: '(';
RPAREN: ')';
LBRACKET: '[';
RBRACKET: ']';
LBRACE: '{';
RBRACE: '}';

COMMA: ',';
SEMICOLON: ';';
COLON: ':';
DOT: '.';
RANGE: '..';
ARROW: '->';

ASSIGN: '=';
PLUS_ASSIGN: '+=';
MINUS_ASSIGN: '-=';
STAR_ASSIGN: '*=';
SLASH_ASSIGN: '/=';

EQUAL: '==';
NOT_EQUAL: '!=';
LESS: '<';
LESS_EQUAL: '<=';
GREATER: '>';
GREATER_EQUAL: '>=';

PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
PERCENT: '%';
AT: '@';
CARET: '^';
BAR: '|';
COMPOSE: '\u2218';

// What other languages write; understood only to say what is written here.
DOUBLE_STAR: '**';
DOUBLE_AMPERSAND: '&&';
DOUBLE_BAR: '||';
EXCLAMATION: '!';
QUESTION: '?';
TILDE: '~';
SINGLE_QUOTED: '\'' ~['\r\n]* '\'';
APOSTROPHE: '\'';

NUMBER: (DIGITS ('.' DIGITS)? | '.' DIGITS) EXPONENT?;
NAME: [\p{L}_] [\p{L}\p{M}\p{Nd}_\u00B2\u00B3\u00B9\u2070\u2074-\u2079\u2080-\u2089]*;

TEXT: '"' (ESCAPE | INTERPOLATION | ~["\\{\r\n])* '"';
BROKEN_TEXT: '"' ('\\' ~[\r\n] | ~["\\\r\n])* ('\\' | '"')?;

NEWLINE: '\r\n' | '\n' | '\r';
COMMENT: '#' ~[\r\n]* -> channel(HIDDEN);
BLANK: [ \t\f\u00A0\uFEFF]+ -> skip;
UNKNOWN: .;

fragment DIGITS: [0-9] ('_'? [0-9])*;
fragment EXPONENT: [eE] [+-]? DIGITS;
fragment ESCAPE: '\\' ('u{' [0-9a-zA-Z]* '}' | ~[\r\n]);
fragment INTERPOLATION: '{' (NESTED_TEXT | INTERPOLATION | ~["{}\r\n])* '}';
fragment NESTED_TEXT: '"' (ESCAPE | INTERPOLATION | ~["\\{\r\n])* '"';
