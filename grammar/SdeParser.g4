/** The sentences of the language. A statement ends with `end`; newlines that mean nothing never arrive here. */
parser grammar SdeParser;

options {
    tokenVocab = SdeLexer;
}

program
    : line* EOF
    ;

/** What stands between the braces of a string. */
interpolation
    : expression EOF
    ;

line
    : statement? end
    ;

end
    : NEWLINE
    | SEMICOLON
    ;

statement
    : IMPORT TEXT (NAME NAME)?                                       # importStatement
    | PARAM NAME ASSIGN expression                                   # paramStatement
    | LOCAL? CALLABLE NAME signature order? body                     # callableDeclaration
    | NATIVE CALLABLE NAME signature (GIVES NAME)?                   # nativeDeclaration
    | LOCAL? SDE NAME signature? LBRACE sdeLine* RBRACE              # sdeDeclaration
    | targets ASSIGN expressions                                     # bindStatement
    | NAME op = (PLUS_ASSIGN | MINUS_ASSIGN | STAR_ASSIGN | SLASH_ASSIGN) expression # updateStatement
    | branch                                                         # ifStatement
    | FOR targets IN expression block                                # forStatement
    | WHILE expression block                                         # whileStatement
    | REPEAT expression block                                        # repeatStatement
    | TRY block CATCH NAME? block                                    # tryStatement
    | RETURN expressions?                                            # returnStatement
    | BREAK                                                          # breakStatement
    | CONTINUE                                                       # continueStatement
    | expression                                                     # evaluateStatement
    ;

/** An `if` that starts a statement; what follows its condition says whether it has blocks or is an expression. */
branch
    : BRANCH expression (block (ELSE (branch | block))? | THEN expression ELSE expression)
    ;

block
    : LBRACE line* RBRACE
    ;

targets
    : NAME (COMMA NAME)*
    ;

expressions
    : expression (COMMA expression)*
    ;

/** `…` stands for any number of further variables of a built-in. */
signature
    : LPAREN first = parameters? REST? (SEMICOLON second = parameters?)? RPAREN
    ;

parameters
    : parameter (COMMA parameter)* COMMA?
    ;

parameter
    : NAME (ASSIGN expression)? (IN allowed (BAR allowed)*)?
    ;

/** Values that a parameter allows: an interval, whole numbers, or one value. */
allowed
    : INTERVAL expression COMMA expression right = (RPAREN | RBRACKET) # interval
    | expression RANGE?                                              # allowedValue
    ;

/** The order of convergence of a predictor or a method. */
order
    : OF STRONG? ORDER expression
    ;

body
    : ASSIGN expression
    | block
    ;

sdeLine
    : sdeItem? end
    ;

sdeItem
    : NAME IN expression                                             # domain
    | NAME LPAREN parameters? RPAREN ASSIGN expression               # function
    | NAME LBRACKET expression RBRACKET ASSIGN expression            # chain
    | NAME ASSIGN expression                                         # assignment
    | NAME                                                           # word
    ;

expression
    : expression LPAREN arguments? RPAREN                            # call
    | expression LBRACKET subscripts RBRACKET                        # index
    | expression DOT fieldName                                       # field
    | <assoc = right> expression CARET expression                    # power
    | MINUS expression                                               # negate
    | expression op = (STAR | SLASH | PERCENT | AT) expression       # product
    | expression DIFFERENTIAL                                        # differential
    | expression COMPOSE NAME                                        # composed
    | expression op = (PLUS | MINUS) expression                      # sum
    | expression RANGE expression                                    # range
    | expression op = (EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL) expression # comparison
    | NOT expression                                                 # negation
    | expression AND expression                                      # conjunction
    | expression OR expression                                       # disjunction
    | IF expression THEN expression ELSE expression                  # conditional
    | NAME ARROW expression                                          # lambda
    | LAMBDA_PAREN (NAME (COMMA NAME)* COMMA?)? RPAREN ARROW expression # lambda
    | LPAREN expression RPAREN                                       # parentheses
    | LBRACKET elements? RBRACKET                                    # brackets
    | LBRACE separator* (entry (separator+ entry)* separator*)? RBRACE # recordLiteral
    | NUMBER                                                         # numberLiteral
    | TEXT                                                           # textLiteral
    | TRUE                                                           # trueLiteral
    | FALSE                                                          # falseLiteral
    | NONE                                                           # noneLiteral
    | NAME                                                           # name
    ;

/** A list, or with clauses a comprehension. */
elements
    : expression (clause+ | (COMMA expression)* COMMA?)
    ;

arguments
    : argument ((COMMA | SEMICOLON) argument)* (COMMA | SEMICOLON)?
    ;

argument
    : (NAME ASSIGN)? expression
    ;

subscripts
    : subscript (COMMA subscript)* COMMA?
    ;

subscript
    : from = expression? COLON to = expression? (COLON step = expression?)? # slice
    | expression                                                     # at
    ;

clause
    : FOR targets IN expression                                      # forIn
    | IF expression                                                  # filter
    ;

separator
    : COMMA
    | SEMICOLON
    | NEWLINE
    ;

entry
    : fieldName COLON expression
    ;

fieldName
    : NAME
    | IF
    | THEN
    | ELSE
    | FOR
    | IN
    | WHILE
    | REPEAT
    | RETURN
    | BREAK
    | CONTINUE
    | AND
    | OR
    | NOT
    | TRUE
    | FALSE
    | NONE
    ;
