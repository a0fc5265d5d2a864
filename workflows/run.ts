import type { ConfigOf, MethodName, ReportOf, RunConfig } from '../domain/methods.js';
import type { RunInput, RunReport } from '../domain/run.js';
import { distill } from './methods/distill.js';
import { evaluate } from './methods/evaluate.js';
import { extend } from './methods/extend.js';
import { gap } from './methods/gap.js';
import { labelNext } from './methods/label-next.js';
import { robustness } from './methods/robustness.js';
import { search } from './methods/search.js';
import { selfTraining } from './methods/self-training.js';
import { transfer } from './methods/transfer.js';
import { RunContext } from './run-context.js';

/** @param state passed on by continue-as-new */
type Algorithm<Name extends MethodName> = (
  run: RunContext<ConfigOf<Name>>,
  state?: unknown,
) => Promise<ReportOf<Name>>;

const ALGORITHMS: { readonly [Name in MethodName]: Algorithm<Name> } = {
  'self-training': selfTraining,
  transfer,
  distill,
  extend,
  search,
  gap,
  'label-next': labelNext,
  robustness,
  evaluate,
};

/** Runs any method, from its configuration to its report. */
export async function run(input: RunInput<RunConfig>): Promise<RunReport> {
  const context = new RunContext(input);
  const algorithm = ALGORITHMS[input.config.method] as Algorithm<never>;
  return context.untilClosed(() => algorithm(context as never, input.continued?.state));
}
