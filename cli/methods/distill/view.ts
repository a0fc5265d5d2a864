import type { Compression, DistillReport, ModelMeasures } from '../../../domain/methods/distill.js';
import { table } from '../../table.js';
import { bytesText } from '../../texts.js';
import { entryLine } from '../../view/entry-line.js';
import { countOf, countText, percentText, pointsText } from '../../view/quantities.js';
import type { MethodView } from '../method-view.js';

/** `10.0 times fewer`; `1.5 times more` if the student is larger. */
function times(ratio: number, less: string, more: string): string {
  return ratio >= 1 ? `${ratio.toFixed(1)} times ${less}` : `${(1 / ratio).toFixed(1)} times ${more}`;
}

function reportLines(report: DistillReport): readonly string[] {
  const { teachers, validation, test } = report;
  const { teacher, student, parameterRatio, sizeRatio, speedRatio } = validation;
  const row = (title: string, of: (model: ModelMeasures) => string, compared: string) => [
    title,
    of(teacher),
    of(student),
    compared,
  ];
  const accuracy = (split: string, { images, agreement, ...both }: Compression) => [
    [
      `accuracy on ${split}`,
      percentText(both.teacher.accuracy),
      percentText(both.student.accuracy),
      pointsText(both.student.accuracy - both.teacher.accuracy),
    ],
    [`agreement on ${split}`, '', percentText(agreement), `of ${countOf(images, 'image')}`],
  ];
  const rows = [
    row('parameters', (model) => countText(model.parameters), times(parameterRatio, 'fewer', 'more')),
    row('size on disk', (model) => bytesText(model.bytes), times(sizeRatio, 'smaller', 'larger')),
    row(
      'images a second',
      (model) => countText(model.imagesPerSecond),
      times(speedRatio, 'as fast', 'as slow'),
    ),
    ...accuracy('validation', validation),
    ...(test ? accuracy('test', test) : []),
  ];
  const head = ['', teachers.length === 1 ? teachers[0]! : `${teachers.length} teachers`, 'student', ''];
  const larger =
    parameterRatio < 1
      ? [
          `! The student is larger than ${teachers.length === 1 ? 'its teacher' : 'its teachers together'}: configure a smaller network (model).`,
        ]
      : [];
  return [...table(head, rows, { right: [1, 2] }), '', ...larger, entryLine(report)];
}

export const view: MethodView<'distill'> = { report: reportLines };
