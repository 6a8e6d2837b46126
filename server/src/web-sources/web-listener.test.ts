import { createHmac } from 'node:crypto';
import type { OwnTrigger, WebSource } from '@wirebook/engine';
import { type JsonObject, WirebookError } from '@wirebook/errors';
import type { WebserverConfig } from '@wirebook/package-kit';
import { createFakeClock } from '@wirebook/testkit';
import { afterEach, expect, test } from 'vitest';
import { createWebListener, type WebListener } from './web-listener.ts';

const plain: WebserverConfig = { host: '127.0.0.1', port: 0, tls: null, maxBodyBytes: 1000, trustedProxy: null };
const secrets = new Map([['hook', 'hush-hush']]);
const log = { isEnabled: () => false, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const open: WebListener[] = [];

afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close();
});

function webhook(config: JsonObject = {}): WebSource {
  const defaults = {
    path: 'hook',
    method: 'POST',
    authentication: 'token',
    secretName: 'hook',
    header: '',
    userName: '',
    algorithm: 'sha256',
    respond: 'at-once',
    answerWithinMs: 1000,
    deliveryHeader: '',
  };
  return { kind: 'webhook', flowId: 'f', flowName: 'F', nodeId: 'n', nodeName: 'Hook', config: { ...defaults, ...config } };
}

function form(config: JsonObject = {}): WebSource {
  const fields = {
    type: 'object',
    required: ['what'],
    properties: { what: { type: 'string', title: 'What <b>happened</b>?' }, count: { type: 'integer' } },
  };
  const defaults = {
    path: 'report',
    title: 'Report',
    intro: '',
    fields,
    submitLabel: 'Send',
    thanks: 'Thanks',
    authentication: 'none',
    userName: '',
    secretName: '',
    perMinute: 3,
  };
  return { kind: 'form', flowId: 'f', flowName: 'F', nodeId: 'n', nodeName: 'Form', config: { ...defaults, ...config } };
}

interface Started {
  readonly listener: WebListener;
  readonly triggers: OwnTrigger[];
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly address: (path: string) => string;
}

async function start(
  sources: readonly WebSource[],
  options: { config?: Partial<WebserverConfig>; onTrigger?: (own: OwnTrigger) => void } = {},
): Promise<Started> {
  const triggers: OwnTrigger[] = [];
  const seen = new Map<string, string>();
  const clock = createFakeClock();
  let count = 0;
  const listener = createWebListener({
    config: { ...plain, ...options.config },
    trigger: (own) => {
      options.onTrigger?.(own);
      const known = seen.get(own.messageId);
      if (known !== undefined) return { runId: known, isNew: false };
      const runId = own.runId ?? `run-${own.messageId}`;
      seen.set(own.messageId, runId);
      triggers.push(own);
      return { runId, isNew: true };
    },
    secrets: (name) => secrets.get(name),
    clock,
    ids: {
      nextId: () => {
        count += 1;
        return `id-0000000${count}`;
      },
    },
    log,
  });
  open.push(listener);
  await listener.prepare(sources);
  listener.set(sources);
  return { listener, triggers, clock, address: (path) => `${listener.url}${path}` };
}

const bearer = { authorization: 'Bearer hush-hush' };
const json = { 'content-type': 'application/json', ...bearer };
const post = (address: string, body: string, headers: Record<string, string> = json) => fetch(address, { method: 'POST', headers, body });
const fill = (address: string, fields: Record<string, string>) => fetch(address, { method: 'POST', body: new URLSearchParams(fields) });

test('[WS1] a request of a known sender is answered with 202 and the run, once it is on record', async () => {
  const { triggers, address } = await start([webhook()]);
  const answer = await post(address('hook?a=1&a=2&b=3'), '{"ticket":7,"__proto__":{"x":1}}');
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ runId: 'id-00000001' });
  expect(triggers).toMatchObject([
    {
      kind: 'webhook',
      flowId: 'f',
      nodeId: 'n',
      body: {
        method: 'POST',
        path: '/hook',
        query: { a: ['1', '2'], b: '3' },
        body: { ticket: 7 },
        contentType: 'application/json',
        remoteAddress: '127.0.0.1',
      },
    },
  ]);
  expect(Object.keys((triggers[0]?.body.body ?? {}) as object)).toEqual(['ticket']);
});

test('[WS2] what holds a login is masked in the message', async () => {
  const { triggers, address } = await start([webhook({ header: 'X-Hook' })]);
  await post(address('hook'), 'x', { 'x-hook': 'hush-hush', authorization: 'Bearer other', cookie: 'a=b', 'content-type': 'text/plain' });
  expect(triggers[0]?.body).toMatchObject({ headers: { 'x-hook': '***', authorization: '***', cookie: '***' }, body: 'x' });
  expect(JSON.stringify(triggers)).not.toContain('hush');
});

test('[WS3] a signature counts for the body as it came', async () => {
  const { triggers, address } = await start([webhook({ authentication: 'hmac' })]);
  const body = '{ "ticket" : 7 }';
  const signature = `sha256=${createHmac('sha256', 'hush-hush').update(body).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
  expect((await post(address('hook'), body, headers)).status).toBe(202);
  expect((await post(address('hook'), '{"ticket":7}', headers)).status).toBe(401);
  expect(triggers).toHaveLength(1);
});

test('[WS4] what is refused starts nothing, and the answer tells why', async () => {
  const { triggers, address } = await start([webhook()]);
  const statusOf = async (answer: Promise<Response>) => {
    const { status, headers } = await answer;
    return [status, headers.get('x-content-type-options')];
  };
  expect(await statusOf(post(address('other'), '{}'))).toEqual([404, 'nosniff']);
  expect(await statusOf(post(address('hook/'), '{}'))).toEqual([404, 'nosniff']);
  expect(await statusOf(post(address('hook'), '{}', {}))).toEqual([401, 'nosniff']);
  expect(await statusOf(fetch(address('hook'), { headers: bearer }))).toEqual([405, 'nosniff']);
  expect(await statusOf(post(address('hook'), '{"a":'))).toEqual([400, 'nosniff']);
  expect(await statusOf(post(address('hook'), `${'['.repeat(300)}${']'.repeat(300)}`))).toEqual([400, 'nosniff']);
  expect(await statusOf(post(address('hook'), 'x'.repeat(1001)))).toEqual([413, 'nosniff']);
  expect(await statusOf(post(address('hook'), 'x', { ...bearer, 'content-type': 'image/png' }))).toEqual([415, 'nosniff']);
  expect(triggers).toEqual([]);
});

test('[WS5] a delivery that is repeated is answered with the run of the first', async () => {
  const { triggers, address } = await start([webhook({ deliveryHeader: 'X-Delivery' })]);
  const headers = { ...json, 'x-delivery': 'd1' };
  const [first, second] = [
    await (await post(address('hook'), '{}', headers)).json(),
    await (await post(address('hook'), '{}', headers)).json(),
  ];
  expect(second).toEqual({ ...(first as object), repeated: true });
  expect(triggers).toHaveLength(1);
});

test('[WS6] a node answers, also when its run is over before the call returns', async () => {
  const source = webhook({ respond: 'by-node', method: 'GET' });
  const { listener, address } = await start([source], {
    onTrigger: (own) => {
      expect(listener.respond(own.runId ?? '', { status: 201, headers: { 'x-a': 'b' }, body: 'made' })).toBe(true);
      expect(listener.respond(own.runId ?? '', { status: 500, headers: {}, body: 'again' })).toBe(false);
    },
  });
  const answer = await fetch(address('hook'), { headers: bearer });
  expect([answer.status, answer.headers.get('x-a'), await answer.text()]).toEqual([201, 'b', 'made']);
});

test('[WS6] a run that ends without an answer, and one that takes too long, are told without what went wrong', async () => {
  const source = webhook({ respond: 'by-node' });
  const { listener, triggers, clock, address } = await start([source]);
  const end = async (act: (runId: string) => void | Promise<void>) => {
    const before = triggers.length;
    const asked = post(address('hook'), '{}');
    await expect.poll(() => triggers.length).toBe(before + 1);
    await act(triggers.at(-1)?.runId ?? '');
    const answer = await asked;
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  expect(await end((runId) => listener.noteOver(runId, 'succeeded'))).toEqual([200, undefined]);
  expect(await end((runId) => listener.noteOver(runId, 'failed'))).toEqual([500, 'WEB_RUN_FAILED']);
  expect(await end(() => clock.advance(1000))).toEqual([504, 'WEB_ANSWER_LATE']);
});

test('[WS10] what cannot be taken now is answered with 503 and a time', async () => {
  const { address } = await start([webhook()], {
    onTrigger: () => {
      throw new WirebookError('ENGINE_INTAKE_FULL', 'full of secrets');
    },
  });
  const answer = await post(address('hook'), '{}');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  expect(await answer.text()).not.toContain('full of secrets');
});

test('[WS9] a form is shown with labels and taken with its values; sent again it is the same report', async () => {
  const { triggers, address } = await start([form()]);
  const page = await fetch(address('report'));
  const html = await page.text();
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(html).toContain('<label for="what">What &lt;b&gt;happened&lt;/b&gt;?</label>');
  expect(html).not.toContain('<script');
  const [, token = ''] = /name="_token" value="([^"]+)"/.exec(html) ?? [];
  const first = await fill(address('report'), { what: 'lost', count: '2', _token: token });
  const again = await fill(address('report'), { what: 'lost', count: '2', _token: token });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(await first.text()).toContain(`Reference: <code>run-form ${token}</code>`);
  expect(triggers).toMatchObject([{ kind: 'form', body: { what: 'lost', count: 2 } }]);
});

test('[WS9] what does not fit is told beside its field, and what was written stays', async () => {
  const { triggers, address } = await start([form()]);
  const answer = await fill(address('report'), { what: '', count: '"><script>alert(1)</script>' });
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('2 answers need another look');
  expect(html).toContain('aria-describedby="what-error" aria-invalid="true"');
  expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
  expect(html).not.toContain('<script');
  expect(triggers).toEqual([]);
});

test('[WS9] too many forms from one address are asked to wait, with what was written kept', async () => {
  const { triggers, clock, address } = await start([form()]);
  for (const what of ['a', 'b', 'c']) expect((await fill(address('report'), { what })).status).toBe(200);
  const answer = await fill(address('report'), { what: 'the fourth' });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
  expect(await answer.text()).toContain('value="the fourth"');
  await clock.advance(60_000);
  expect((await fill(address('report'), { what: 'd' })).status).toBe(200);
  expect(triggers).toHaveLength(4);
});

test('[WS9] a form with a password asks the browser for it', async () => {
  const { address } = await start([form({ authentication: 'basic', userName: 'staff', secretName: 'hook' })]);
  const asked = await fetch(address('report'));
  expect([asked.status, asked.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Wirebook", charset="UTF-8"']);
  const login = `Basic ${Buffer.from('staff:hush-hush').toString('base64')}`;
  expect((await fetch(address('report'), { headers: { authorization: login } })).status).toBe(200);
});

test('[WS11] the port is open while a deployed flow needs it', async () => {
  const { listener, address } = await start([webhook()]);
  const before = address('hook');
  listener.set([]);
  await expect.poll(() => listener.url).toBeNull();
  await expect(post(before, '{}')).rejects.toThrow();
});

test.each([
  ['a secret that is not there', webhook({ secretName: 'none' }), 'CONFIG_SECRET_UNRESOLVED'],
  ['no name of a secret', webhook({ secretName: '' }), 'FLOW_NODE_CONFIG_INVALID'],
  ['a login without a name', webhook({ authentication: 'basic' }), 'FLOW_NODE_CONFIG_INVALID'],
  ['a form of no fields', form({ fields: {} }), 'FLOW_NODE_CONFIG_INVALID'],
])('[WS12] %s keeps the flow from being deployed', async (_, source, code) => {
  await expect(start([source])).rejects.toMatchObject({ code });
});

test('[WS12] a port that is taken keeps the flow from being deployed', async () => {
  const { listener } = await start([webhook()]);
  const port = Number(new URL(listener.url ?? '').port);
  await expect(start([webhook()], { config: { port } })).rejects.toMatchObject({ code: 'SERVER_PORT_IN_USE' });
});

test('[WS13] behind the proxy that app.config names its word counts for the address, and nobody else’s', async () => {
  const trusting = await start([webhook()], { config: { trustedProxy: '127.0.0.1' } });
  await post(trusting.address('hook'), '{}', { ...json, 'x-forwarded-for': '9.9.9.9, 10.1.2.3' });
  expect(trusting.triggers[0]?.body).toMatchObject({ remoteAddress: '10.1.2.3' });
  const others = await start([webhook()]);
  await post(others.address('hook'), '{}', { ...json, 'x-forwarded-for': '10.1.2.3' });
  expect(others.triggers[0]?.body).toMatchObject({ remoteAddress: '127.0.0.1' });
});
