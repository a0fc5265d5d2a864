export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export const EXIT_HELP = `
Exit codes: ${EXIT.ok} success, ${EXIT.failed} the run or the operation failed or was cancelled,
${EXIT.usage} wrong usage, configuration or data, ${EXIT.interrupted} interrupted by Ctrl-C.`;
