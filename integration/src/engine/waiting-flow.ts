import type { JsonObject } from '@wirebook/errors';
import type { EngineUnderTest } from './engine-under-test.ts';
import { flowOf, type NodeSketch } from './flow-of.ts';

export const call: NodeSketch = ['test.function', { function: 'lookup' }];
export const minuteMs = 60_000;
/** Where the clock of an engine under test stands first. */
export const startMs = Date.UTC(2026, 2, 1, 12);

/** call, write, the waiting node, pass, complete; what is skipped goes to `other`. */
export function waitingFlow(node: NodeSketch, settings: JsonObject = {}) {
  return flowOf(
    {
      call,
      write: ['test.put'],
      wait: node,
      pass: ['test.pass'],
      done: ['test.complete', { results: { $expr: '{"went": $steps.call}' } }],
      ...(node[0] === 'core.delay' ? {} : { told: ['test.complete', { results: 'other' }] as NodeSketch }),
    },
    [
      'call.out -> write.in',
      'write.out -> wait.in',
      'wait.out -> pass.in',
      'pass.out -> done.in',
      ...(node[0] === 'core.delay' ? [] : [`wait.${node[0] === 'core.dedupe' ? 'repeated' : 'skipped'} -> told.in`]),
    ],
    settings,
  );
}

export const idle = { concurrency: 20 };
/** Its completing replies, as text. */
export const text = (engine: EngineUnderTest, id: string) => JSON.stringify(engine.completions(id));
