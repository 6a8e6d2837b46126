import type { JsonObject } from '@wirebook/errors';
import type { FlowDocumentInput } from '@wirebook/flow';
import { chain, type EngineUnderTest } from './engine-under-test.ts';

type Settings = NonNullable<FlowDocumentInput['settings']>;

/** A flow named f whose source has these options. */
export function flowOf(source: JsonObject, settings: Settings, ...nodes: Parameters<typeof chain>[1][]): FlowDocumentInput {
  return { ...chain('f', ['test.function', { function: 'lookup', ...source }], ...nodes), settings };
}

/** Turns of the event loop. */
export function turns(count = 40): Promise<void> {
  return new Promise((resolve) => {
    const next = (left: number) => (left === 0 ? resolve() : setImmediate(() => next(left - 1)));
    next(count);
  });
}

/** What the platform saw over all engines, as text. */
export function allCompletions(engines: readonly EngineUnderTest[], id: string): readonly string[] {
  return engines.flatMap((engine) => engine.completions(id).map((reply) => JSON.stringify(reply)));
}

/** Entries of the ledger that are open once what is confirmed is on record, which takes half a second. */
export async function countOpenLater(engine: EngineUnderTest): Promise<number> {
  await turns();
  await engine.clock.advance(1000);
  return engine.ledger.count().open;
}
