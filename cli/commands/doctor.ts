import { examine, findingsText, hasProblem } from '../../setup/doctor.mjs';
import { EXIT } from '../exit-codes.js';
import { print, printJson } from '../streams.js';
import { hasColour } from '../table.js';

/** `apprentice doctor`: exits with an error code if something is missing. */
export async function doctor({ json }: { readonly json?: boolean }): Promise<void> {
  const findings = await examine();
  if (json) printJson(findings);
  else print(findingsText(findings, { colour: hasColour }));
  process.exitCode = hasProblem(findings) ? EXIT.failed : EXIT.ok;
}
