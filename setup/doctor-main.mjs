// @ts-check
/** `npm run doctor`: what is there, what is missing and what to do about it. Exits with 1 if something is missing. */
import { examine, findingsText, hasProblem } from './doctor.mjs';

const findings = await examine();
const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
process.stdout.write(`${findingsText(findings, { colour })}\n`);
process.exitCode = hasProblem(findings) ? 1 : 0;
