package org.sdescript.runtime.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Integral;
import org.sdescript.algebra.Simplification;
import org.sdescript.process.Chain;
import org.sdescript.process.Change;
import org.sdescript.process.Process;
import org.sdescript.process.Reversal;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.ChainValue;
import org.sdescript.runtime.Convert;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Library;
import org.sdescript.runtime.NormalValue;
import org.sdescript.runtime.ProcessValue;
import org.sdescript.runtime.Show;
import org.sdescript.runtime.Theme;
import org.sdescript.runtime.Value;

/** Derivations of processes, and the algebra behind them. */
public final class ProcessFunctions implements Library {

    @Override
    public Theme theme() {
        return Theme.PROCESSES;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("reverse", "process")
                        .optional("score", Value.None.NONE)
                        .option("lambda", 1)
                        .doc(
                                "The reverse-time SDE (Anderson 1982), with numbers where a score is given. Other λ give the"
                                        + " family with the same marginals, noise λG; λ = 0 is the flow.")
                        .example("print(reverse(VP()))  # dx = [−½ β(t) x − β(t) ∇ₓ log pₜ(x)] dt + √β(t) dw̄")
                        .is(ProcessFunctions::reverse),
                Builtin.named("flow", "process")
                        .optional("score", Value.None.NONE)
                        .doc(
                                "The probability-flow ODE of a process (Song et al. 2021, eq. 13): the same marginals without noise. It has"
                                        + " numbers where a score is given.")
                        .example("print(flow(VP()))  # dx = [−½ β(t) x − ½ β(t) ∇ₓ log pₜ(x)] dt")
                        .is(call -> scored(
                                call,
                                ProcessValue.of(
                                        Reversal.flow(call.process("process").process())))),
                Builtin.named("rescaled", "process", "s")
                        .doc("The process of y(t) = s(t) x(t), under the same names; s is a schedule, a lambda or a number.")
                        .example("print(rescaled(VP(), t -> exp(t)))")
                        .is(call -> ProcessValue.of(Change.rescaled(process(call), ofTime(call, "s", process(call))))),
                Builtin.named("unscaled", "process")
                        .doc(
                                "The process of x(t) divided by its mean coefficient: VP in the form of VE (Karras et al. 2022,"
                                        + " appendix B).")
                        .example("print(unscaled(VP()))")
                        .is(call -> ProcessValue.of(Change.unscaled(process(call)))),
                Builtin.named("retimed", "process", "clock")
                        .doc("The process on another clock: at the new time t it is where it was at clock(t).")
                        .example("print(retimed(VP(), t -> t^2))")
                        .is(call ->
                                ProcessValue.of(Change.retimed(process(call), ofTime(call, "clock", process(call))))),
                Builtin.named("chain", "process", "n")
                        .doc("The Markov chain of n steps that visits the times of a linear process exactly.")
                        .example("print(chain(VP(), 1000))")
                        .is(call -> new ChainValue(Chain.of(process(call), call.atLeast(1, "n")))),
                Builtin.named("mismatch", "process", "data")
                        .onHost()
                        .doc(
                                "What a prior costs, in nats: KL(p_T ‖ prior) where the data is taken to be normal with its own mean"
                                        + " and covariance (Song et al. 2021, Maximum likelihood training, eq. 12).")
                        .example("print(mismatch(VP(), moons(500)))")
                        .is(Mismatch::of),
                Builtin.named("normal")
                        .option("mean", 0)
                        .option("std", 1)
                        .doc(
                                "The normal distribution, independent in every component; `mean` and `std` are numbers or tensors.")
                        .example("print(normal(std = 2).log_prob(zeros([1, 2])))  # tensor([-3.2241714])")
                        .is(call -> new NormalValue(plain(call, "mean"), positive(call, plain(call, "std")))),
                Builtin.named("diff", "f", "t")
                        .doc("The derivative of a formula by t, or of a function of one variable.")
                        .example("schedule square(t) = t^2\nprint(diff(square, 3))  # 6")
                        .is(ProcessFunctions::derivative),
                Builtin.named("integrate", "f", "t")
                        .doc("The integral of a function of one variable from 0 to t.")
                        .example("print(integrate(linear(), 1))  # 10.05")
                        .is(ProcessFunctions::integral),
                Builtin.named("simplify", "e")
                        .doc("A formula in its simplest form found; of a lambda or schedule, its body as a formula.")
                        .example("print(simplify(t -> t*t + t^2))  # 2 t²")
                        .is(call -> new Value.FormulaValue(
                                Simplification.of(formula(call, "e").expandCalls()))),
                Builtin.named("equal", "f", "g")
                        .doc("Whether two formulas or functions are the same, by algebra and at random points.")
                        .example("print(equal(t -> (t + 1)^2, t -> t^2 + 2*t + 1))  # true")
                        .is(call -> Value.Bool.of(Equality.probably(formula(call, "f"), formula(call, "g")))));
    }

    private static Value reverse(Call call) {
        ProcessValue process = call.process("process");
        Value lambda = call.value("lambda");
        boolean whole = lambda instanceof Value.Num(double one) && one == 1;
        return scored(
                call,
                ProcessValue.of(
                        whole
                                ? Reversal.reverse(process.process())
                                : Reversal.reverse(process.process(), ofTime(call, "lambda", process.process()))));
    }

    private static Process process(Call call) {
        return call.process("process").process();
    }

    /** A number, a formula, or a schedule of the process's time. */
    private static Expr ofTime(Call call, String slot, Process process) {
        return call.value(slot) instanceof Callable schedule
                ? Formulas.definition(
                                call.interpreter(), schedule, schedule.signature().name(), call.span())
                        .at(process.time())
                        .expandCalls()
                : Formulas.expression(call.value(slot), call.span());
    }

    private static Value scored(Call call, ProcessValue derived) {
        Optional<Value> score = call.given("score");
        return score.isPresent() ? derived.scoredBy(call.callable("score")) : derived;
    }

    /** A constant formula as the number it is. */
    private static Value plain(Call call, String slot) {
        return call.value(slot) instanceof Value.FormulaValue ? Value.number(call.number(slot)) : call.tensor(slot);
    }

    private static Value positive(Call call, Value std) {
        double[] given =
                switch (std) {
                    case Value.Num(double number) -> new double[] {number};
                    case Value.TensorValue(var tensor) -> tensor.toDoubles();
                    default -> new double[0];
                };
        OptionalDouble wrong = Arrays.stream(given).filter(each -> !(each > 0)).findFirst();
        if (wrong.isPresent()) {
            throw call.diagnostic(
                            "E0632", "a standard deviation is positive, and not " + Show.number(wrong.getAsDouble()))
                    .help("`normal(mean = 0, std = 1)` is the standard normal distribution")
                    .raise();
        }
        return std;
    }

    private static Expr.Symbol variable(Call call) {
        if (call.value("t") instanceof Value.FormulaValue(Expr.Symbol symbol)) {
            return symbol;
        }
        throw Convert.mismatch(call.value("t"), "`t` of " + call.name(), "a variable of a formula", call.span());
    }

    private static Value derivative(Call call) {
        if (!(call.value("f") instanceof Callable function)) {
            return new Value.FormulaValue(
                    Derivative.of(Formulas.expression(call.value("f"), call.span()), variable(call)));
        }
        Expr.Symbol own = ownVariable(call, function);
        return at(call, Derivative.of(body(call, function), own), own);
    }

    private static Value integral(Call call) {
        Callable function = call.callable("f");
        Expr.Symbol own = ownVariable(call, function);
        Expr total = Integral.between(body(call, function), own, Expr.ZERO, own)
                .orElseThrow(() -> call.diagnostic("E0630", "no antiderivative was found")
                        .help("define the integral itself as a schedule, and its derivative by `diff`")
                        .raise());
        return at(call, total, own);
    }

    /** The expression with the argument t in place of the function's own variable. */
    private static Value at(Call call, Expr expression, Expr.Symbol own) {
        Value t = call.value("t");
        Expr result = expression.with(own, Formulas.expression(t, call.span()));
        return t instanceof Value.Num
                ? Value.number(org.sdescript.algebra.Evaluation.of(result))
                : new Value.FormulaValue(result);
    }

    private static Expr.Symbol ownVariable(Call call, Callable function) {
        if (function.signature().variables().size() != 1) {
            throw call.error("E0631", call.name() + " takes a function of one variable");
        }
        return Expr.symbol(function.signature().variables().getFirst().name());
    }

    private static Expr body(Call call, Callable function) {
        return Formulas.definition(
                        call.interpreter(), function, function.signature().name(), call.span())
                .body();
    }

    private static Expr formula(Call call, String slot) {
        return call.value(slot) instanceof Callable function
                ? body(call, function)
                : Formulas.expression(call.value(slot), call.span());
    }
}
