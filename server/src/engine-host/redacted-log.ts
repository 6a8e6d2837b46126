import type { EngineLog, LogFacts } from '@wirebook/engine';
import type { Redactor } from '@wirebook/trace';

/** The log without secrets, in texts and in facts. Lines of a level that goes nowhere are not searched. */
export function createRedactedLog(log: EngineLog, redactor: Pick<Redactor, 'redactText'>): EngineLog {
  const { redactText } = redactor;

  function redactFacts(facts: LogFacts | undefined): LogFacts | undefined {
    if (facts === undefined) return undefined;
    return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'string' ? redactText(fact) : fact]));
  }

  return {
    debug: (text, facts) => {
      if (log.isEnabled('debug')) log.debug(redactText(text), redactFacts(facts));
    },
    info: (text, facts) => {
      if (log.isEnabled('info')) log.info(redactText(text), redactFacts(facts));
    },
    warn: (text, facts) => log.warn(redactText(text), redactFacts(facts)),
    error: (text, facts) => log.error(redactText(text), redactFacts(facts)),
    isEnabled: log.isEnabled,
  };
}
