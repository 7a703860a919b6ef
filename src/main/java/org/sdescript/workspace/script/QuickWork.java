package org.sdescript.workspace.script;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.check.Constant;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/**
 * Tells whether an expression certainly is computed at once: neither it nor what it calls trains, samples, writes,
 * loops, calls itself or makes a long list. Collects the statements that the expression needs.
 */
final class QuickWork {
    /** The files of the library whose functions only derive and compute numbers. */
    private static final Set<String> QUICK = Set.of(
            "stdlib/native/processes.sde",
            "stdlib/native/functions.sde",
            "stdlib/processes.sde",
            "stdlib/schedules.sde",
            "stdlib/distributions.sde",
            "stdlib/paths.sde");

    /** Further functions that a formula may have. */
    private static final Set<String> QUICK_NAMES = Set.of("min", "max", "sum", "mean", "norm", "tensor");

    /** The most elements of a list that is computed at once. */
    private static final double LONGEST = 100;

    private final LibraryDeclarations library;
    private final Set<String> known;
    private final Pipeline pipeline;
    private final Set<SyntaxNode> needed = identities();
    private final Set<SyntaxNode> begun = identities();

    /** A file with the places of its names. */
    record Unit(Program program, NameTable names) {
        /** The name that the text means at an offset; a name that is not in the text is one of the top level. */
        Optional<BoundName> bound(String name, int offset) {
            return names.at(offset).filter(found -> found.name().equals(name)).or(() -> names.top(name));
        }

        boolean isTop(BoundName name) {
            return names.top(name.name()).filter(top -> top == name).isPresent();
        }
    }

    /** @param known the names of the language and its library */
    QuickWork(LibraryDeclarations library, Set<String> known, Pipeline pipeline) {
        this.library = library;
        this.known = known;
        this.pipeline = pipeline;
    }

    private static Set<SyntaxNode> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** The statements of a file that the expressions need, in the order of the text. */
    List<Statement> needed(Program program) {
        return program.statements().stream().filter(needed::contains).toList();
    }

    /** True if the node, and all that it calls, is computed at once from names with one certain value. */
    boolean isQuick(Unit unit, SyntaxNode root) {
        List<SyntaxNode> nodes = Children.all(root).toList();
        Set<SyntaxNode> members = nodes.stream()
                .filter(Expression.Field.class::isInstance)
                .map(node -> ((Expression.Field) node).target())
                .collect(Collectors.toCollection(QuickWork::identities));
        return nodes.stream().allMatch(node -> switch (node) {
            case Statement.For loop -> false;
            case Statement.While loop -> false;
            case Statement.Repeat loop -> false;
            case Expression.Comprehension list -> isShort(list);
            case Expression.Range range -> length(range).orElse(LONGEST + 1) <= LONGEST;
            case Statement.Try attempt -> false;
            case Expression.Field(Expression.Name owner, String field, Span fieldSpan, Span span) ->
                isQuickMember(unit, owner, field);
            case Expression.Name name -> isQuick(unit, name, root, members.contains(name));
            default -> true;
        });
    }

    /** True if a comprehension certainly has few elements: its clauses read lists whose lengths the text shows. */
    private static boolean isShort(Expression.Comprehension list) {
        double rounds = 1;
        for (Expression.Clause clause : list.clauses()) {
            if (clause instanceof Expression.Clause.ForIn each) {
                rounds *= length(each.iterable()).orElse(LONGEST + 1);
            }
        }
        return rounds <= LONGEST;
    }

    /** The number of elements of a list that the text shows whole. */
    private static OptionalDouble length(Expression list) {
        return switch (list) {
            case Expression.ListLiteral literal ->
                OptionalDouble.of(literal.elements().size());
            case Expression.Range range -> {
                Optional<Double> from = Constant.number(range.from(), Map.of());
                Optional<Double> to = Constant.number(range.to(), Map.of());
                yield from.isPresent() && to.isPresent()
                        ? OptionalDouble.of(Math.abs(to.get() - from.get()) + 1)
                        : OptionalDouble.empty();
            }
            default -> OptionalDouble.empty();
        };
    }

    private boolean isQuick(Unit unit, Expression.Name name, SyntaxNode root, boolean isOwner) {
        Optional<BoundName> bound = unit.bound(name.name(), name.span().start());
        if (bound.isEmpty()) {
            return imported(unit, name.name()).orElseGet(() -> isOfQuickLibrary(name.name()));
        }
        if (!unit.isTop(bound.get())) {
            return isWithin(bound.get().scope(), root.span()) && !callsItself(bound.get(), name);
        }
        return bound.get()
                .node()
                .filter(node -> isQuickBinding(unit, bound.get(), node, isOwner))
                .isPresent();
    }

    private boolean isOfQuickLibrary(String name) {
        return QUICK_NAMES.contains(name)
                || library.place(name)
                        .map(place -> QUICK.contains(place.source().name()))
                        .orElse(known.contains(name));
    }

    private static boolean isWithin(Span inner, Span outer) {
        return inner.start() >= outer.start() && inner.end() <= outer.end();
    }

    private static boolean callsItself(BoundName local, Expression.Name name) {
        return local.role() == BoundName.Role.CALLABLE
                && local.node()
                        .filter(node -> isWithin(name.span(), node.span()))
                        .isPresent();
    }

    private boolean isQuickBinding(Unit unit, BoundName bound, SyntaxNode node, boolean isOwner) {
        return bound.bindings().size() == 1
                && switch (node) {
                    case Statement.Bind bind -> isConstant(unit, bound, bind) && isQuickOnce(unit, bind, bind.value());
                    case Statement.Param param -> isQuickOnce(unit, param, param.value());
                    case Statement.Declaration declared -> isQuickOnce(unit, declared, declared);
                    case Statement.SdeDeclaration declared -> isQuickOnce(unit, declared, declared);
                    case Statement.Import module -> isOwner;
                    default -> false;
                };
    }

    /** True if one statement outside of blocks binds the name, and none changes it. */
    private static boolean isConstant(Unit unit, BoundName bound, Statement.Bind bind) {
        return bind.targets().size() == 1
                && unit.program().statements().stream().anyMatch(statement -> statement == bind)
                && !bound.isUpdated(unit.program());
    }

    /** A statement that is begun and not yet needed calls itself. */
    private boolean isQuickOnce(Unit unit, Statement statement, SyntaxNode work) {
        if (!begun.add(statement)) {
            return needed.contains(statement);
        }
        boolean quick = isQuick(unit, work);
        if (quick) {
            needed.add(statement);
        }
        return quick;
    }

    private boolean isQuickMember(Unit unit, Expression.Name owner, String field) {
        Optional<SyntaxNode> node =
                unit.bound(owner.name(), owner.span().start()).flatMap(BoundName::node);
        return !(node.orElse(null) instanceof Statement.Import module)
                || member(module, field, new HashSet<>()).orElse(false);
    }

    /** True if a name that an import without alias brings is quick; empty if no import brings the name. */
    private Optional<Boolean> imported(Unit unit, String name) {
        return imported(unit.program(), name, new HashSet<>());
    }

    private Optional<Boolean> imported(Program program, String name, Set<Source> seen) {
        return program.statements().stream()
                .filter(Statement.Import.class::isInstance)
                .map(Statement.Import.class::cast)
                .filter(module -> module.alias().isEmpty())
                .flatMap(module -> member(module, name, seen).stream())
                .reduce(Boolean::logicalAnd);
    }

    private Optional<Boolean> member(Statement.Import module, String name, Set<Source> seen) {
        Optional<Program> read =
                read(module).filter(program -> seen.add(program.span().source()));
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Unit unit = new Unit(read.get(), NameTable.of(read.get(), (callee, offset) -> Optional.empty()));
        Optional<SyntaxNode> declared = unit.names().top(name).flatMap(BoundName::node);
        Optional<Boolean> quick = declared.isPresent()
                ? Optional.of(isDeclaration(declared.get()) && isQuick(unit, declared.get()))
                : imported(unit.program(), name, seen);
        return quick.map(it -> it && isQuickToImport(module, unit, new HashSet<>()));
    }

    private static boolean isDeclaration(SyntaxNode node) {
        return node instanceof Statement.Declaration || node instanceof Statement.SdeDeclaration;
    }

    /** An import computes the options of its file. */
    private boolean isQuickToImport(Statement.Import module, Unit unit, Set<String> seen) {
        needed.add(module);
        return unit.program().statements().stream().allMatch(statement -> switch (statement) {
            case Statement.Param param -> isQuick(unit, param.value());
            case Statement.Import inner ->
                !seen.add(inner.path())
                        || read(inner)
                                .map(program ->
                                        new Unit(program, NameTable.of(program, (callee, offset) -> Optional.empty())))
                                .filter(file -> isQuickToImport(inner, file, seen))
                                .isPresent();
            default -> true;
        });
    }

    private Optional<Program> read(Statement.Import module) {
        try {
            return pipeline.importedProgram(module);
        } catch (SdeError unreadable) {
            return Optional.empty();
        }
    }
}
