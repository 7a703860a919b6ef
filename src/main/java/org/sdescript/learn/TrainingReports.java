package org.sdescript.learn;

import java.util.List;
import java.util.Optional;
import org.sdescript.diagnostic.NumberText;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Session;
import org.sdescript.source.Span;

/** Reports a training: the progress display, metrics.jsonl, event files, and the loss on validation data. */
final class TrainingReports implements AutoCloseable {
    private final Session session;
    private final Training.Plan plan;
    private final TrainingState state;
    private final Optional<ValidationLoss> validation;
    private final ReportInterval interval;
    private final Optional<TrainingLog> log;
    private final Console.Progress progress;
    private String last = "";

    /**
     * @param columns the labels and conditions of the training
     * @param average the model with the averaged parameters, which the training changes
     */
    TrainingReports(
            Interpreter interpreter,
            Training.Plan plan,
            TrainingData data,
            List<TrainingColumn> columns,
            TrainingState state,
            ModelValue average,
            TrainingReplica replica,
            Span span) {
        this.session = interpreter.session();
        this.plan = plan;
        this.state = state;
        this.validation = plan.validation()
                .data()
                .map(given -> new ValidationLoss(interpreter, plan, average, data, columns, replica, span));
        this.interval = new ReportInterval(plan.steps());
        this.log = replica.isFirst() ? Optional.of(new TrainingLog(session)) : Optional.empty();
        log.ifPresent(file -> file.begin(state.steps()));
        this.progress = session.console().progress("train", plan.steps());
        progress.update(state.steps(), () -> "");
    }

    /** True if the loss on the validation data is computed after a step. */
    boolean isValidated(long step) {
        return plan.validation().isDue(step, interval);
    }

    void afterStep(double rate) {
        long step = state.steps();
        boolean isValidated = isValidated(step);
        if (isValidated || interval.isDue(step)) {
            report(rate, isValidated ? validation.orElseThrow().value() : Double.NaN);
        }
        progress.loss(step, state.loss());
        progress.update(step, this::words);
    }

    private void report(double rate, double validated) {
        TrainingHistory.Report report = state.report(rate, validated);
        log.ifPresent(file -> file.report(report));
        if (report.isValidated()) {
            last = ", validation " + NumberText.rounded(validated);
            progress.validation(report.step(), validated);
        }
    }

    private String words() {
        return "loss " + NumberText.rounded(state.loss()) + last;
    }

    /** Says which model is returned, if it may not be that of the last step. */
    void end() {
        if (plan.validation().wantsBest()) {
            state.bestReport().ifPresent(this::end);
        }
    }

    private void end(TrainingHistory.Report best) {
        String early = state.steps() < plan.steps()
                ? "the training ended after " + state.steps() + " of " + plan.steps() + " steps, since "
                        + state.validationsSinceBest() + " validations in a row were no better; "
                : "";
        session.console()
                .note(early + "the model is that after step " + best.step() + ", with the least validation loss, "
                        + NumberText.rounded(best.validation()));
    }

    @Override
    public void close() {
        progress.close();
        validation.ifPresent(ValidationLoss::close);
    }
}
