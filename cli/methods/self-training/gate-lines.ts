import type { Verdict } from '../../../domain/records.js';
import { INDENT, label } from '../../view/activity-lines.js';
import { dim, type Line, styled } from '../../view/line.js';
import { countOf, percentText, pointsText } from '../../view/quantities.js';
import type { GenerationView } from './generation-view.js';

/** The gate's verdict with its interval, and the decision. */
export function gateLines(view: GenerationView): Line[] {
  const { verdict } = view;
  if (!verdict) {
    if (view.state !== 'done') return [];
    return [[label('gate'), 'the first model: ', outcome(view)], ...reigningLines(view)];
  }
  const { difference, interval, confidence, images } = verdict;
  const [low, high] = interval;
  return [
    [
      label('gate'),
      styled(verdict.passes ? 'green' : 'yellow', `${pointsText(difference)} points`),
      ` on ${countOf(images, 'image')}   `,
      dim(`${percentText(confidence, 0)} interval ${pointsText(low)} to ${pointsText(high)}`),
    ],
    [' '.repeat(INDENT), ...consequence(view, verdict)],
    ...(view.decision ? [[' '.repeat(INDENT), ...decisionSpans(view.decision)]] : []),
    ...reigningLines(view),
  ];
}

/** The comparison with the line's champion of another run. */
function reigningLines({ reigning }: GenerationView): Line[] {
  if (!reigning) return [];
  const { passes, difference, interval, confidence, version } = reigning;
  return [
    [
      label('line'),
      styled(passes ? 'green' : 'yellow', `${pointsText(difference)} points`),
      ` against version ${version} of an earlier run   `,
      dim(
        `${percentText(confidence, 0)} interval ${pointsText(interval[0])} to ${pointsText(interval[1])}${passes ? '' : ': it stays the champion'}`,
      ),
    ],
  ];
}

/** With identical predictions, the interval has no width and reaches the margin, but the difference does not exceed it. */
function reachText({ passes, difference, interval, margin }: Verdict): string {
  const reaches = interval[0] >= margin;
  if (reaches && !passes) {
    return `the difference ${pointsText(difference)} does not exceed the margin ${pointsText(margin)}`;
  }
  return `lower end ${pointsText(interval[0])} ${reaches ? 'reaches' : 'is below'} the margin ${pointsText(margin)}`;
}

function consequence(view: GenerationView, verdict: Verdict): Line {
  const reach = reachText(verdict);
  return view.state === 'done' ? [outcome(view), dim(`   ${reach}`)] : [reach];
}

function outcome({ promoted, version, from }: GenerationView) {
  if (!promoted) return styled('yellow', 'not promoted');
  if (from && version) return styled('green', `version ${version}`);
  return styled('green', version ? `promoted as version ${version}` : 'champion of this run');
}

function decisionSpans({ promote, by, reason }: NonNullable<GenerationView['decision']>): Line {
  return [`${promote ? 'approved' : 'rejected'} by ${by}`, ...(reason ? [dim(`: ${reason}`)] : [])];
}
