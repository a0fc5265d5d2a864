// @ts-check
const MARKS = { ok: '✔', warning: '!', problem: '✘' };
const COLOURS = { ok: 32, warning: 33, problem: 31 };

/**
 * @param {readonly import('./finding.mjs').Finding[]} findings
 * @param {{colour?: boolean}} [options]
 * @returns {string} one or more lines for each finding, and a summary
 */
export function findingsText(findings, { colour = false } = {}) {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const indent = ' '.repeat(width + 4);
  const lines = findings.flatMap(({ name, status, detail, whatToDo }) => {
    const mark = colour ? `\u001b[${COLOURS[status]}m${MARKS[status]}\u001b[39m` : MARKS[status];
    const [first = '', ...more] = [
      ...detail.split('\n'),
      ...(whatToDo?.split('\n') ?? []).map((line) => `→ ${line}`),
    ];
    return [`${mark} ${name.padEnd(width)}  ${first}`, ...more.map((line) => indent + line)];
  });
  return [...lines, '', summary(findings)].join('\n');
}

/** @param {readonly import('./finding.mjs').Finding[]} findings */
function summary(findings) {
  const count = findings.filter(({ status }) => status === 'problem').length;
  if (count === 0) return 'Everything that is needed is installed.';
  return count === 1 ? 'There is 1 problem.' : `There are ${count} problems.`;
}
