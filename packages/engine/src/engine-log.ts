/** Lines for the operator. Facts are plain values; no message contents and no credentials. */
export interface EngineLog {
  debug(text: string, facts?: LogFacts): void;
  info(text: string, facts?: LogFacts): void;
  warn(text: string, facts?: LogFacts): void;
  error(text: string, facts?: LogFacts): void;
  /** Whether lines of this level go anywhere: for those that are dear to make. */
  isEnabled(level: 'debug' | 'info'): boolean;
}

export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;
