package org.sdescript.learn;

import org.sdescript.backend.Tensor;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.ValueText;

/** A model with an average of another width, reconstructed from the averages that its training kept. */
final class AveragedModel {
    private static final double NOTED_ERROR = 0.05;

    private AveragedModel() {}

    /** The body of {@code averaged} of a model. */
    static ModelValue of(ModelValue trained, Call call) {
        KeptAverages kept = trained.record().kept();
        double width = Averaging.width(call.value("width"), call.span());
        if (kept.isEmpty()) {
            throw call.diagnostic("E0814", "the training of this model kept no averages by the power function")
                    .help("`train(…, ema = power_ema(0.05, 0.10))` keeps them")
                    .raise();
        }
        Reconstruction found = kept.reconstruction(width);
        if (found.error() > NOTED_ERROR) {
            call.session()
                    .console()
                    .note("the average of the width " + ValueText.number(width)
                            + " is approximate: its weights differ by " + Math.round(100 * found.error())
                            + " % from those of the sum of the kept averages");
        }
        try (Tensor sum = kept.sum(found.weights(), call.session().backend())) {
            TrainingRecord record = trained.record();
            ModelValue model = trained.with(
                    trained.parameters().withValues(sum),
                    new TrainingRecord(record.history(), KeptAverages.NONE, record.data()));
            call.session().memory().own(model);
            return model;
        }
    }
}
