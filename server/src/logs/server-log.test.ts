import { expect, test } from 'vitest';
import { createServerLog } from './server-log.ts';

function create() {
  const said: string[] = [];
  const written: string[] = [];
  const log = createServerLog({
    complain: (line) => said.push(line),
    file: { write: (line) => written.push(line), close: () => undefined },
    redactText: (text) => text.replaceAll('hush', '***'),
    now: () => 0,
  });
  return { log, said, written };
}

test('[K4] the file has every line of the engine as it is, a person sees those from a warning on', () => {
  const { log, said, written } = create();
  const info = '{"level":30,"time":"T","msg":"a run"}';
  const warning = '{"level":40,"time":"T","msg":"slow"}';
  log.takeEngineLine(info);
  log.takeEngineLine(warning);
  expect([said, written]).toEqual([['engine: slow'], [info, warning]]);
});

test('[K4] lines of the server are JSON of the same shape, without secrets, and say that they are its own', () => {
  const { log, said, written } = create();
  log.error('the login with hush failed', { code: 'X' });
  expect(said).toEqual(['server: the login with *** failed']);
  expect(written.map((line) => JSON.parse(line))).toEqual([
    { level: 50, time: '1970-01-01T00:00:00.000Z', from: 'server', code: 'X', msg: 'the login with *** failed' },
  ]);
});

test('[K4] what the engine writes that is no JSON, such as the last words of a crash, is kept as an error', () => {
  const { log, said, written } = create();
  log.takeEngineLine('FATAL ERROR: out of memory');
  expect(said).toEqual(['engine: FATAL ERROR: out of memory']);
  expect(JSON.parse(written[0] ?? '')).toMatchObject({ level: 50, from: 'engine', msg: 'FATAL ERROR: out of memory' });
});
