import type { EvaluateConfig, EvaluateReport } from '../../domain/methods/evaluate.js';
import { countOf, percentText } from '../../domain/quantities.js';
import type { RunContext } from '../run-context.js';
import { referenceNumberedAs } from './dataset-reference.js';

/** Measures a model on a data set. */
export async function evaluate(run: RunContext<EvaluateConfig>): Promise<EvaluateReport> {
  const { runId, config } = run;
  const { split } = config;
  const model = await run.openModel(config.model, 'model', 'model');
  const dataset = await run.prepareDataset({ model });
  const measured = await run.onTrainer(
    `measure on ${split}`,
    (trainer) => trainer.evaluateModel({ runId, dataset, model, split }),
    ({ evaluation }) => percentText(evaluation.accuracy),
  );
  const { accuracy, images, calibrationError } = measured.evaluation;
  return run.report<EvaluateReport>({
    summary: `${config.model} classifies ${percentText(accuracy)} of ${countOf(images, `${split} image`)} correctly; calibration error ${percentText(calibrationError)}, calibrated ${percentText(measured.calibratedError)}.`,
    reference: config.model,
    ...referenceNumberedAs(model, dataset),
    split,
    ...measured,
  });
}
