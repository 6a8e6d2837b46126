import type { DebugLine } from '@wirebook/api';
import { expect, test } from 'vitest';
import { type DebugFilter, filterDebugLines } from './debug-filter.ts';

const line = (seq: number, part: Partial<DebugLine>): DebugLine => ({
  seq,
  atMs: seq,
  runId: 'r1',
  flowId: 'a',
  flowName: 'A',
  nodeId: 'n1',
  level: 'print',
  label: 'debug',
  text: '{"model":"PX-1"}',
  sizeBytes: 10,
  ...part,
});
const lines = [line(1, {}), line(2, { nodeId: 'n2', level: 'warn', text: 'Slow answer' }), line(3, { flowId: 'b' })];
const all: DebugFilter = { flowId: null, nodeId: null, level: null, text: '' };

test.each<[Partial<DebugFilter>, number[]]>([
  [{}, [1, 2, 3]],
  [{ flowId: 'a' }, [1, 2]],
  [{ nodeId: 'n2' }, [2]],
  [{ level: 'print' }, [1, 3]],
  [{ text: 'slow ANSWER' }, [2]],
  [{ text: 'px-1 r1', flowId: 'b' }, [3]],
  [{ text: 'absent' }, []],
])('[T11] debug lines that fit %j: %j', (filter, expected) => {
  expect(filterDebugLines(lines, { ...all, ...filter }).map(({ seq }) => seq)).toEqual(expected);
});
