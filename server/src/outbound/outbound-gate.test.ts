import { createFakeClock } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import type { CircuitNews } from './host-circuits.ts';
import { createOutboundGate, type OutboundGateOptions, type OutboundPass } from './outbound-gate.ts';

function create(changes: Partial<OutboundGateOptions> = {}) {
  const clock = createFakeClock();
  const news: CircuitNews[] = [];
  const held: string[] = [];
  const gate = createOutboundGate({
    clock,
    circuit: { failures: 3, openMs: 30_000 },
    rateLimits: [],
    onCircuit: (one) => news.push(one),
    callsPerHost: 64,
    ...changes,
  });
  function pass(host = 'api.example.com', { signal = new AbortController().signal, nodeId = 'n' } = {}): Promise<OutboundPass> {
    const [hostname = '', port = '443'] = host.split(':');
    const caller = { flowId: 'f', nodeId };
    return gate.pass({ host, hostname, port: Number(port), caller, signal, onHeld: (reason) => held.push(reason) });
  }
  /** Notes the order in which calls pass. */
  function note(list: string[], name: string, host?: string): Promise<void> {
    return pass(host).then((passed) => {
      list.push(name);
      passed.answered(200, undefined);
    });
  }
  return { clock, gate, news, held, pass, note };
}

async function failOften(bench: ReturnType<typeof create>, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) (await bench.pass()).failed('HTTP_TIMEOUT');
}

test('[H12] after so many failures in a row a host gets no calls: the error names host, time and the last failure', async () => {
  const bench = create();
  await failOften(bench, 1);
  (await bench.pass(undefined, { nodeId: 'other' })).answered(503, undefined);
  (await bench.pass()).answered(429, undefined);
  await expect(bench.pass()).rejects.toMatchObject({
    code: 'HTTP_CIRCUIT_OPEN',
    blame: 'world',
    retryable: true,
    message:
      'circuit to api.example.com open until 12:00:30 UTC: 3 calls in a row failed, the last with status 429; no call is made before',
    details: { host: 'api.example.com', until: '2026-03-01T12:00:30.000Z', retryAfterMs: 30_000 },
  });
  (await bench.pass('other.example.com')).answered(200, undefined);
  const callers = [
    { flowId: 'f', nodeId: 'n' },
    { flowId: 'f', nodeId: 'other' },
  ];
  expect(bench.news).toEqual([{ host: 'api.example.com', untilMs: bench.clock.now() + 30_000, callers }]);
  expect(bench.gate.counts()).toMatchObject({ circuits: [{ host: 'api.example.com', failureCount: 3 }], refusedByCircuit: 1, active: 0 });
});

test('[H12] an answer between them begins the count anew; statuses below 500 other than 429 are answers', async () => {
  const bench = create();
  for (const status of [200, 301, 404, 409]) {
    await failOften(bench, 2);
    (await bench.pass()).answered(status, undefined);
  }
  await failOften(bench, 2);
  expect(bench.news).toEqual([]);
  expect(await bench.pass()).toBeDefined();
});

test('[H12] calls that are given up tell nothing, and calls that left before it opened do not prolong it', async () => {
  const bench = create();
  const early = [await bench.pass(), await bench.pass()];
  (await bench.pass()).givenUp();
  await failOften(bench, 3);
  early[0]?.failed('HTTP_TIMEOUT');
  early[1]?.answered(200, undefined);
  await expect(bench.pass()).rejects.toMatchObject({ code: 'HTTP_CIRCUIT_OPEN' });
  expect(bench.news).toHaveLength(1);
});

test('[H13] after its time one call is let through, and the others are refused until it is over', async () => {
  const bench = create();
  await failOften(bench, 3);
  await bench.clock.advance(29_999);
  await expect(bench.pass()).rejects.toMatchObject({ code: 'HTTP_CIRCUIT_OPEN' });
  await bench.clock.advance(1);
  const trial = await bench.pass();
  await expect(bench.pass()).rejects.toThrow('one call is under way');
  trial.failed('HTTP_UNREACHABLE');
  await expect(bench.pass()).rejects.toThrow('open until 12:01:00 UTC: 4 calls');
  await bench.clock.advance(30_000);
  (await bench.pass()).givenUp();
  (await bench.pass()).answered(200, undefined);
  expect(bench.news.at(-1)).toMatchObject({ host: 'api.example.com', untilMs: null });
  expect([await bench.pass(), await bench.pass()]).toHaveLength(2);
});

test.each([
  { failures: 0, openMs: 30_000 },
  { failures: 3, openMs: 0 },
])('[H12] zero switches it off: %j', async (circuit) => {
  const bench = create({ circuit });
  await failOften(bench, 20);
  expect(bench.news).toEqual([]);
});

test('[H12] a call that waited while the circuit opened is not made', async () => {
  const bench = create({ callsPerHost: 1, circuit: { failures: 1, openMs: 1000 } });
  const first = await bench.pass();
  const second = bench.pass();
  const refused = expect(second).rejects.toMatchObject({ code: 'HTTP_CIRCUIT_OPEN' });
  first.failed('HTTP_TIMEOUT');
  await refused;
  expect(bench.gate.counts()).toMatchObject({ active: 0, connectionWaiting: 0 });
});

const limit = { host: '*.example.com', port: null, count: 2, perMs: 1000, text: '*.example.com:2/s' };

test('[H14] no more calls begin in a time than the limit says, over all hosts that fit; the others wait in order', async () => {
  const { note, clock, gate, held } = create({ rateLimits: [limit] });
  const passed: string[] = [];
  const all = ['a', 'b', 'c', 'd', 'e'].map((name, index) => note(passed, name, index % 2 === 0 ? 'x.example.com' : 'y.example.com'));
  const free = note(passed, 'free', 'example.com');
  await clock.advance(999);
  expect(passed).toEqual(['a', 'b', 'free']);
  expect(gate.counts().rateWaiting).toBe(3);
  await clock.advance(1);
  expect(passed).toEqual(['a', 'b', 'free', 'c', 'd']);
  await clock.advance(1000);
  await Promise.all([...all, free]);
  expect(passed.at(-1)).toBe('e');
  expect(held[1]).toBe('waits for its turn under the rate limit *.example.com:2/s, 1 calls before it');
});

test('[H14] the first entry that fits counts, with its port', async () => {
  const own = { host: 'x.example.com', port: 8443, count: 1, perMs: 60_000, text: 'x.example.com:8443:1/min' };
  const { note, clock } = create({ rateLimits: [own, limit] });
  const passed: string[] = [];
  const waiting = [note(passed, 'a', 'x.example.com:8443'), note(passed, 'b', 'x.example.com:8443'), note(passed, 'c', 'x.example.com')];
  await clock.advance(59_999);
  expect(passed).toEqual(['a', 'c']);
  await clock.advance(1);
  await Promise.all(waiting);
});

test('[H14] an aborted call leaves the queue, and a full queue refuses', async () => {
  const { pass, clock, gate } = create({ rateLimits: [{ ...limit, count: 1 }], maxWaiting: 2 });
  const controller = new AbortController();
  await pass();
  const aborted = expect(pass(undefined, { signal: controller.signal })).rejects.toBe('enough');
  const waiting = pass();
  await clock.advance(0);
  await expect(pass()).rejects.toMatchObject({ code: 'HTTP_RATE_QUEUE_FULL', retryable: true });
  controller.abort('enough');
  await aborted;
  expect(gate.counts()).toMatchObject({ rateWaiting: 1, refusedByQueue: 1 });
  await clock.advance(1000);
  await waiting;
});

test.each([
  ['seconds', '20'],
  ['a date', new Date(Date.UTC(2026, 2, 1, 12, 0, 20)).toUTCString()],
])('[H15] Retry-After as %s holds all calls to the host until then', async (_, retryAfter) => {
  const { pass, note, clock, held, gate } = create();
  (await pass()).answered(429, retryAfter);
  const passed: string[] = [];
  const waiting = [note(passed, 'a'), note(passed, 'b')];
  await note(passed, 'elsewhere', 'other.example.com');
  await clock.advance(19_999);
  expect([passed, gate.counts().rateWaiting]).toEqual([['elsewhere'], 2]);
  expect(held[0]).toBe('waits 20 s: api.example.com asked for no calls until then (Retry-After)');
  await clock.advance(1);
  await Promise.all(waiting);
  expect(passed).toEqual(['elsewhere', 'a', 'b']);
});

test('[H15] what would have to wait for more than five minutes fails at once; no host is left alone for more than an hour', async () => {
  const { pass, note, clock } = create();
  const busy = [await pass(), await pass()];
  busy[0]?.answered(503, '60');
  const waiting = expect(note([], 'a')).rejects.toMatchObject({ code: 'HTTP_RETRY_AFTER_TOO_LONG' });
  busy[1]?.answered(503, '999999');
  await waiting;
  await expect(pass()).rejects.toMatchObject({ code: 'HTTP_RETRY_AFTER_TOO_LONG', details: { retryAfterMs: 3_600_000 } });
  await clock.advance(3_600_000);
  expect(await pass()).toBeDefined();
});

test('[H15] without a time that can be read, and with other statuses, nothing is held', async () => {
  const { pass } = create({ circuit: { failures: 0, openMs: 0 } });
  (await pass()).answered(429, 'soon');
  (await pass()).answered(301, '100');
  expect(await pass()).toBeDefined();
});

test('[H16] a host gets so many calls at a time; the others wait in order, are counted, and beyond the bound refused', async () => {
  const { pass, note, clock, gate, held } = create({ callsPerHost: 2, maxWaiting: 2 });
  const [first, second] = [await pass(), await pass()];
  const passed: string[] = [];
  const waiting = [note(passed, 'a'), note(passed, 'b')];
  await clock.advance(0);
  expect(gate.counts()).toMatchObject({ active: 2, connectionWaiting: 2 });
  await expect(pass()).rejects.toMatchObject({ code: 'HTTP_CONNECTIONS_BUSY' });
  expect(await pass('other.example.com')).toBeDefined();
  second?.failed('HTTP_TIMEOUT');
  await Promise.all(waiting);
  expect(passed).toEqual(['a', 'b']);
  first?.answered(200, undefined);
  expect(gate.counts()).toMatchObject({ active: 1, connectionWaiting: 0, refusedByQueue: 1 });
  expect(held[0]).toBe('waits for one of 2 connections to api.example.com, 0 calls before it');
});

test('[H16] any number of hosts is remembered only for as long as it has to be', async () => {
  const { pass, gate } = create();
  for (let number = 0; number < 3000; number += 1) (await pass(`h${number}.example.com`)).failed('HTTP_UNREACHABLE');
  expect(gate.counts()).toMatchObject({ active: 0, circuits: [] });
});
