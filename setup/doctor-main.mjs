// @ts-check
/** `npm run doctor`: reports what is installed, what is missing, and the remedy. Exits with 1 if there is a problem. */
import { examine, findingsText, hasProblem } from './doctor.mjs';

const findings = await examine();
const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
process.stdout.write(`${findingsText(findings, { colour })}\n`);
process.exitCode = hasProblem(findings) ? 1 : 0;
