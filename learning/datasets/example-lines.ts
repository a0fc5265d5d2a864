const EXAMPLES = 5;

/** The first lines, indented, and the number of the others; for the end of an error message. */
export function exampleLines(lines: readonly string[]): string {
  const more = lines.length > EXAMPLES ? [`and ${lines.length - EXAMPLES} more`] : [];
  return [...lines.slice(0, EXAMPLES), ...more].map((line) => `\n  ${line}`).join('');
}
