import type { Ledger, LedgerChange } from '@wirebook/engine';

/** The moment right before or right after the ledger has taken a message or a change of this type. */
export interface KillPoint {
  readonly when: 'before' | 'after';
  readonly what: 'receive' | 'originate' | LedgerChange['type'];
}

/** Kills the engine when it reaches the point. */
export function createKillingLedger(ledger: Ledger, options: { readonly killAt: KillPoint; readonly kill: () => unknown }): Ledger {
  const { killAt, kill } = options;

  function around<T>(isPoint: boolean, act: () => T): T {
    if (isPoint && killAt.when === 'before') kill();
    const given = act();
    if (isPoint && killAt.when === 'after') kill();
    return given;
  }

  return {
    ...ledger,
    receive: (messages) => around(killAt.what === 'receive', () => ledger.receive(messages)),
    originate: (message) => around(killAt.what === 'originate', () => ledger.originate(message)),
    write: (changes) =>
      around(
        changes.some((change) => change.type === killAt.what),
        () => ledger.write(changes),
      ),
  };
}
