import type { Logger as TemporalLogger } from '@temporalio/common';
import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { type Logger, pino } from 'pino';

/** Writes JSON lines to stderr. */
export function createLogger(role: string, level: string): Logger {
  const serializers = { error: pino.stdSerializers.err, err: pino.stdSerializers.err };
  const base = { role, pid: process.pid };
  return pino({ level, base, serializers }, pino.destination({ dest: 2, sync: true }));
}

/** Sends the log of Temporal's SDK and its native core to the logger, and leaves signals to us. */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: temporalLogger(logger),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
  });
}

function temporalLogger(logger: Logger): TemporalLogger {
  const at =
    (level: 'trace' | 'debug' | 'info' | 'warn' | 'error'): TemporalLogger['info'] =>
    (message, meta) =>
      logger[level]({ ...meta }, message);
  return {
    log: (level, message, meta) =>
      logger[level.toLowerCase() as Lowercase<typeof level>]({ ...meta }, message),
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
