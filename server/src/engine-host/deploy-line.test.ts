import { WirebookError } from '@wirebook/errors';
import { parseFlowValue } from '@wirebook/flow';
import { expect, test } from 'vitest';
import { createDeployLine } from './deploy-line.ts';

const flow = (id: string) => parseFlowValue({ format: 1, id, name: id, nodes: [], wires: [] });

test('[B1] deployments are answered one after the other, and the last accepted one is remembered', async () => {
  const line = createDeployLine();
  const first = line.add([flow('a')]);
  const second = line.add([flow('b')]);
  const sent = line.next();
  expect(sent?.flows[0]?.id).toBe('a');
  expect(line.next()).toBeUndefined();
  expect(line.answer(99, null)).toBeUndefined();
  line.answer(sent?.id ?? 0, null);
  await first;
  line.answer(line.next()?.id ?? 0, new WirebookError('SOAR_FUNCTION_UNKNOWN', 'no such function'));
  await expect(second).rejects.toMatchObject({ code: 'SOAR_FUNCTION_UNKNOWN' });
  expect(line.accepted?.[0]?.id).toBe('a');
});

test('[B2] after an end of the process the accepted set goes first, then what was not answered; twice is enough', async () => {
  const line = createDeployLine();
  const good = line.add([flow('good')]);
  line.answer(line.next()?.id ?? 0, null);
  await good;
  const deadly = line.add([flow('deadly')]);
  line.next();
  line.interrupt();
  line.repeatAccepted();
  const repeated = line.next();
  expect([repeated?.flows[0]?.id, repeated?.isRepeat]).toEqual(['good', true]);
  line.answer(repeated?.id ?? 0, null);
  expect(line.next()?.flows[0]?.id).toBe('deadly');
  line.interrupt();
  await expect(deadly).rejects.toMatchObject({ code: 'ENGINE_PROCESS_FAILED' });
  expect(line.next()).toBeUndefined();
  expect(line.accepted?.[0]?.id).toBe('good');
});
