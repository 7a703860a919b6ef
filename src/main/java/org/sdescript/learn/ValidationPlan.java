package org.sdescript.learn;

import java.util.Optional;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Value;

/**
 * The arguments of {@code train} that concern validation.
 *
 * @param data empty for no validation
 * @param every the number of steps between validations; empty for a validation with each report
 * @param patience the number of validations without improvement that end the training; empty for no early end
 */
record ValidationPlan(Optional<Value> data, Optional<Integer> every, Optional<Integer> patience) {

    static ValidationPlan of(Call call) {
        ValidationPlan plan =
                new ValidationPlan(call.given("validation"), whole(call, "validate"), whole(call, "patience"));
        if (plan.data.isEmpty() && (plan.every.isPresent() || plan.patience.isPresent())) {
            throw call.diagnostic(
                            "E0811",
                            "`" + (plan.patience.isPresent() ? "patience" : "validate") + "` needs validation data")
                    .help("keep a part of the data back: `part, rest = data.split(0.9)`, then `train(…, part, …,"
                            + " validation = rest)`")
                    .raise();
        }
        return plan;
    }

    private static Optional<Integer> whole(Call call, String slot) {
        return call.given(slot).map(given -> call.integer(slot));
    }

    /** True if the model is that of the best validation, and not that of the last step. */
    boolean wantsBest() {
        return patience.isPresent();
    }

    boolean isExhausted(TrainingState state) {
        return patience.isPresent() && state.validationsSinceBest() >= patience.get();
    }

    /** @param interval the steps between two reports */
    boolean isDue(long step, ReportInterval interval) {
        return data.isPresent()
                && every.map(steps -> step % steps == 0 || interval.isLast(step))
                        .orElseGet(() -> interval.isDue(step));
    }
}
