package org.sdescript.parcel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.LambdaValue;
import org.sdescript.runtime.ProcessDeclaration;

/**
 * The names that a function may read from the scopes around it: those of its body and defaults, without its own variables
 * and parameters. A name that the body assigns is among them, since it may be read before.
 */
final class CapturedNames {
    private CapturedNames() {}

    static Set<String> of(Closure closure) {
        Statement.Declaration declaration = closure.declaration();
        return of(declaration, declaration.variables(), declaration.parameters());
    }

    static Set<String> of(ProcessDeclaration process) {
        return of(process.declaration(), List.of(), process.declaration().parameters());
    }

    static Set<String> of(LambdaValue lambda) {
        return of(lambda.lambda(), lambda.lambda().variables(), List.of());
    }

    private static Set<String> of(SyntaxNode node, List<Parameter> variables, List<Parameter> parameters) {
        Set<String> own = Stream.concat(variables.stream(), parameters.stream())
                .map(Parameter::name)
                .collect(Collectors.toSet());
        Set<String> names = read(node).collect(Collectors.toCollection(LinkedHashSet::new));
        // a default reads the scope around it where it stands before the parameter of its name
        Set<String> inDefaults = Stream.concat(variables.stream(), parameters.stream())
                .flatMap(parameter -> parameter.defaultValue().stream())
                .flatMap(CapturedNames::read)
                .collect(Collectors.toSet());
        names.removeIf(name -> own.contains(name) && !inDefaults.contains(name));
        return names;
    }

    private static Stream<String> read(SyntaxNode node) {
        return Children.all(node).flatMap(each -> switch (each) {
            case Expression.Name name -> Stream.of(name.name());
            case Statement.Update update -> Stream.of(update.target().name());
            default -> Stream.empty();
        });
    }
}
