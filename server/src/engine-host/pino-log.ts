import type { EngineLog, LogFacts } from '@wirebook/engine';
import { type DestinationStream, pino } from 'pino';

const levels: Readonly<Record<string, string>> = {
  DEBUG: 'debug',
  INFO: 'info',
  WARNING: 'warn',
  WARN: 'warn',
  ERROR: 'error',
  CRITICAL: 'fatal',
};

/** The level of pino for a level of Python's logging, which app.config speaks; undefined for an unknown one. */
export function findPinoLevel(level: string): string | undefined {
  return levels[level.toUpperCase()];
}

/** JSON lines for the operator; standard output stays free for results. */
export function createPinoLog(options: { readonly level: string; readonly destination: DestinationStream }): EngineLog {
  const logger = pino(
    { level: findPinoLevel(options.level) ?? 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    options.destination,
  );
  return {
    debug: (text: string, facts?: LogFacts) => logger.debug(facts ?? {}, text),
    info: (text: string, facts?: LogFacts) => logger.info(facts ?? {}, text),
    warn: (text: string, facts?: LogFacts) => logger.warn(facts ?? {}, text),
    error: (text: string, facts?: LogFacts) => logger.error(facts ?? {}, text),
    isEnabled: (level) => logger.isLevelEnabled(level),
  };
}
