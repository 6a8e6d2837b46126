import { defineNode, type NodeDescriptor } from '@wirebook/node-kit';
import { afterEach, expect, test } from 'vitest';
import { type EngineUnderTest, lookup, startEngine } from './engine-under-test.ts';
import { flowOf } from './flow-of.ts';

const stepCount = 25;
const descriptor = {
  type: 'test.signal',
  version: 1,
  label: 'Signal',
  summary: 'Asks for its signal.',
  icon: 'flask',
  category: 'logic',
  permissions: [],
  inputs: { in: { label: 'in' } },
  outputs: { out: { label: 'out' } },
  sideEffect: 'none',
  config: { type: 'object', additionalProperties: false, required: [], properties: { waits: { type: 'boolean', default: false } } },
} as const satisfies NodeDescriptor;

let signals: AbortSignal[] = [];
const askForSignal = defineNode(descriptor, async ({ config, message, emit, signal }) => {
  signals.push(signal);
  if (config.waits) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  emit('out', message);
});

let engine: EngineUnderTest | undefined;
let warnings: string[] = [];
const keepWarning = (warning: Error) => void warnings.push(warning.name);

afterEach(async () => {
  process.removeListener('warning', keepWarning);
  await engine?.close();
  signals = [];
  warnings = [];
});

test('[engine G6] steps that have ended leave the run: at its time limit only those under way are aborted, and however many there are Node has nothing to warn of', async () => {
  process.on('warning', keepWarning);
  const settings = { timeoutMs: 500 };
  const waiting = Array.from({ length: stepCount }, (_, index) => `w${index}`);
  const flow = flowOf(
    { s: lookup, a: ['test.signal'], ...Object.fromEntries(waiting.map((id) => [id, ['test.signal', { waits: true }]])) },
    ['s.out -> a.in', ...waiting.map((id) => `a.out -> ${id}.in`)],
    settings,
  );
  engine = await startEngine({ flows: [flow], extraNodes: [askForSignal] });
  engine.call('1');
  await engine.until(() => signals.length === stepCount + 1);
  await engine.clock.advance(500);
  await engine.until(() => engine?.broker.settledIds.length === 1);
  const [ended, ...open] = signals.map(({ aborted }) => aborted);
  expect({ ended, open: open.filter((isAborted) => isAborted).length }).toEqual({ ended: false, open: stepCount });
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
});
