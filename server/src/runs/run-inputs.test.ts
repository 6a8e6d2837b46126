import { parseFlowValue } from '@wirebook/flow';
import { foldRun, type RunHead, type TracedValue, type TraceEvent } from '@wirebook/trace';
import { expect, test } from 'vitest';
import { createRunValues, type KeptTrigger, toPortTargets } from './run-inputs.ts';

const head: RunHead = {
  runId: 'r',
  flowId: 'f',
  flowName: 'F',
  flowVersion: 'v',
  triggerKind: 'function',
  destination: 'fn',
  messageId: 'm',
  correlationId: null,
  triggerName: 'lookup',
  incidentId: null,
  startedAtMs: 0,
};
const trigger: KeptTrigger = { body: { all: true }, inputs: { id: 7 }, isFunction: true };
const kept = (value: TracedValue['value']): TracedValue => ({ value, sizeBytes: null, truncated: false }) as TracedValue;

/** `source` splits to `a` and `b` by its ports; `a` fails and is caught by `c`, or goes through a wire to `w`. */
const document = parseFlowValue({
  format: 1,
  id: 'f',
  name: 'F',
  nodes: ['source', 'a', 'b', 'c', 'w'].map((id) => ({ id, type: 'core.set', typeVersion: 1, name: id, config: {} })),
  wires: [
    { from: 'source.left', to: 'a.in' },
    { from: 'source.left', to: 'b.in' },
    { from: 'source.right', to: 'b.in' },
    { from: 'b.error', to: 'w.in' },
  ],
});

type Step = readonly [
  nodeId: string,
  parentStepId: number | null,
  emissions?: readonly (readonly [string, TracedValue])[],
  fails?: boolean,
  input?: TracedValue,
];

function open(steps: readonly Step[], withDocument = true) {
  const events: object[] = [{ type: 'attempt.started', attempt: 1, reason: 'delivered' }];
  for (const [index, [nodeId, parentStepId, emissions = [], fails = false, input]] of steps.entries()) {
    const stepId = index + 1;
    events.push({ type: 'step.started', stepId, nodeId, parentStepId, ...(input === undefined ? {} : { input }) });
    for (const [port, output] of emissions) events.push({ type: 'step.emitted', stepId, port, output });
    events.push(
      fails
        ? { type: 'step.failed', stepId, error: { code: 'NODE_UNEXPECTED', message: 'x' }, handled: true }
        : { type: 'step.finished', stepId },
    );
  }
  const view = foldRun(
    head,
    events.map((event, index) => ({ ...event, seq: index + 1, atMs: index }) as TraceEvent),
  );
  const values = createRunValues(view, trigger, withDocument ? toPortTargets(document) : null);
  return { values, inputs: view.steps.map((step) => values.findInput(step)?.value), steps: view.steps };
}

test('[Q3] a step is given what its parent emitted for it; a source the inputs of the function', () => {
  const { inputs, values, steps } = open([
    [
      'source',
      null,
      [
        ['left', kept('l')],
        ['right', kept('r')],
      ],
    ],
    ['a', 1, [['out', { sameAs: 'input', sizeBytes: null, truncated: false }]]],
    ['b', 1],
    ['b', 1],
  ]);
  expect(inputs).toEqual([{ id: 7 }, 'l', 'l', 'r']);
  const [, a, , lastB] = steps;
  if (a === undefined || lastB === undefined) throw new Error('there are four steps');
  expect(values.resolve(a, a.emissions[0]?.output ?? kept(0))).toEqual({ value: 'l', isTruncated: false });
  expect(values.listWay(lastB)).toEqual([{ nodeId: 'source', output: { value: 'r', isTruncated: false } }]);
});

test('[Q3] what a join was handed is told as it was, and is no output of the split', () => {
  const { inputs } = open([
    [
      'source',
      null,
      [
        ['left', kept(1)],
        ['left', kept(2)],
      ],
    ],
    ['w', 1, [], false, kept([{ index: 0 }, { index: 1 }])],
  ]);
  expect(inputs).toEqual([{ id: 7 }, [{ index: 0 }, { index: 1 }]]);
});

test('[Q3] without the document only what cannot be mistaken is told', () => {
  const story = [
    [
      'source',
      null,
      [
        ['left', kept('l')],
        ['right', kept('r')],
      ],
    ],
    ['a', 1, [['out', kept('o')]]],
    ['b', 2],
  ] as const;
  expect(open(story, false).inputs).toEqual([{ id: 7 }, undefined, 'o']);
});

test('[Q3] a catch node is given the message that failed; what a wire of an error port carries is not told', () => {
  expect(
    open([
      ['source', null, [['left', kept('l')]]],
      ['a', 1, [], true],
      ['c', 2],
    ]).inputs,
  ).toEqual([{ id: 7 }, 'l', 'l']);
  expect(
    open([
      ['source', null, [['left', kept('l')]]],
      ['b', 1, [], true],
      ['w', 2],
    ]).inputs,
  ).toEqual([{ id: 7 }, 'l', undefined]);
});

test('[Q3] references to the trigger are followed, as far as it was kept', () => {
  const { values, steps } = open([['source', null]]);
  const [source] = steps;
  if (source === undefined) throw new Error('there is one step');
  expect(values.resolve(source, { sameAs: 'trigger.body', sizeBytes: null, truncated: false })?.value).toEqual({ all: true });
  expect(values.resolve(source, { sizeBytes: 9, truncated: true })).toBeUndefined();
});
