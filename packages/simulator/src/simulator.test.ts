import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createActionWorld } from './actions/action-world.stand-in.ts';
import { authenticateBrokerLogin, mayUseQueue } from './broker-access.ts';
import { simulatorCredentials } from './credentials.ts';
import { isJsonObject, valueAt } from './json-value.ts';
import { basicOf, createPlatformCaller, type PlatformCaller } from './platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from './simulator.ts';
import { runSimulatorCommand } from './simulator-command.ts';

let closers: (() => Promise<unknown>)[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirebook-simulator-test-'));
});

afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Parameters<typeof createSimulator>[0] = {}): Promise<{ simulator: Simulator; caller: PlatformCaller }> {
  const simulator = await createSimulator(options);
  const caller = createPlatformCaller(simulator);
  closers.push(
    () => simulator.close(),
    () => caller.close(),
  );
  return { simulator, caller };
}

test('[O1] the demonstration organisation has what its description promises', async () => {
  const { caller } = await open();
  const list = await caller.org('POST', '/incidents/query?return_level=full', {});
  const incidents = Array.isArray(list.body) ? list.body : [];
  expect(incidents).toHaveLength(5);
  const types = new Set<unknown>();
  let noteCount = 0;
  for (const incident of incidents) {
    const path = `/incidents/${String(valueAt(incident, 'id'))}`;
    const artifacts = await caller.org('GET', `${path}/artifacts?handle_format=names`);
    for (const artifact of Array.isArray(artifacts.body) ? artifacts.body : []) types.add(valueAt(artifact, 'type'));
    const notes = await caller.org('GET', `${path}/comments`);
    noteCount += Array.isArray(notes.body) ? notes.body.length : 0;
  }
  expect([...types]).toEqual(
    expect.arrayContaining(['IP Address', 'URL', 'Malware SHA-256 Hash', 'Malware MD5 Hash', 'Malware SHA-1 Hash']),
  );
  expect(noteCount).toBeGreaterThan(4);
  const fields = await caller.org('GET', '/types/incident/fields');
  const custom = (Array.isArray(fields.body) ? fields.body : []).filter((field) => valueAt(field, 'internal') === false);
  expect(new Set(custom.map((field) => valueAt(field, 'input_type')))).toEqual(
    new Set(['text', 'number', 'boolean', 'select', 'multiselect', 'datepicker', 'textarea']),
  );
  const rules = await caller.org('GET', '/actions?handle_format=names');
  expect(rules.at('entities')).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ name: 'Lookup Model', type: 1, object_type: 'artifact', workflows: ['lookup_model'] }),
      expect.objectContaining({ name: 'Create Ticket', type: 1, object_type: 'incident' }),
      expect.objectContaining({ type: 0, object_type: 'incident', message_destinations: ['incident_changes'] }),
    ]),
  );
  const activity = await caller.org('GET', '/types/actioninvocation/fields');
  expect(activity.at('0')).toMatchObject({
    text: 'Ticket Priority',
    required: 'always',
    input_type: 'select',
    prefix: 'properties',
    type_id: 6,
  });
  expect(activity.at('0.values')).toMatchObject([{ label: 'Low' }, { label: 'Medium' }, { label: 'High' }, { label: 'Critical' }]);
});

test('[O2] Lookup Model goes to its function with the value of the artifact, and the answer becomes a note', async () => {
  const { simulator, caller } = await open();
  const artifacts = await caller.org('GET', '/incidents/2101/artifacts');
  const received = new Promise<Record<string, string>>((resolve) => {
    void simulator.broker?.consume('actions.201.fn_models', (message) => {
      const body: unknown = JSON.parse(new TextDecoder().decode(message.body));
      expect(isJsonObject(body) ? valueAt(body, 'inputs.model_id') : null).toBe(artifacts.at('1.value'));
      resolve({ ...message.headers });
    });
  });
  const object = { type: 'artifact', id: artifacts.at('1.id') };
  const fired = await caller.control('POST', '/invocations', { rule: 'Lookup Model', incident: 2101, object });
  const headers = await received;
  const body = JSON.stringify({ message_type: 0, message: 'Completed', complete: true, results: { content: 'Model T' } });
  await simulator.publish({
    destination: 'acks.201.fn_models',
    headers: { 'correlation-id': headers['correlation-id'] ?? '' },
    body: new TextEncoder().encode(body),
  });
  expect(simulator.invocations.find(Number(fired.at('id')))).toMatchObject({ status: 'Complete', completingReplies: 1 });
  const notes = await caller.org('GET', '/incidents/2101/comments');
  expect(Array.isArray(notes.body) ? notes.body.at(-1) : null).toMatchObject({ text: 'Model lookup: Model T' });
});

test('[O3] organisation 202 starts empty, with a login of its own', async () => {
  const { simulator, caller } = await open();
  const apiKey = simulator.credentials.apiKeys.find((candidate) => candidate.orgId === 202);
  const headers = { authorization: basicOf(apiKey?.id ?? '', apiKey?.secret ?? '') };
  const bodyOf = async (path: string) => (await caller.call('GET', `/orgs/202${path}`, { headers })).body;
  expect(await bodyOf('/incidents')).toEqual([]);
  expect(await bodyOf('/functions')).toEqual({ entities: [] });
  expect(await bodyOf('/actions')).toEqual({ entities: [] });
  expect(await bodyOf('/message_destinations')).toEqual({ entities: [] });
});

test('[O3, R12] a login reads the queues of destinations that list it, and writes replies of its organisation', async () => {
  const { platform, org } = await createActionWorld();
  const credentials = simulatorCredentials('world');
  const mayKey = (orgId: number, access: 'read' | 'write', destination: string) => {
    const apiKey = credentials.apiKeys.find((candidate) => candidate.orgId === orgId);
    const principal = authenticateBrokerLogin(platform, apiKey?.id ?? '', apiKey?.secret ?? '');
    if (principal === undefined) throw new Error('the key is known');
    return mayUseQueue(platform, { principal, access, destination });
  };
  expect(mayKey(201, 'read', 'actions.201.fn_models')).toBe(true);
  expect(mayKey(201, 'read', 'actions.*.fn_models')).toBe(true);
  expect(mayKey(201, 'read', 'actions.201.no_such')).toBe(false);
  expect(mayKey(201, 'read', 'acks.201.fn_models')).toBe(false);
  expect(mayKey(201, 'write', 'acks.201.fn_models')).toBe(true);
  expect(mayKey(201, 'write', 'actions.201.fn_models')).toBe(false);
  expect(mayKey(202, 'read', 'actions.201.fn_models')).toBe(false);
  expect(mayKey(202, 'write', 'acks.201.fn_models')).toBe(false);
  for (const destination of org.destinations.values()) org.destinations.set(destination.id, { ...destination, apiKeys: [] });
  expect(mayKey(201, 'read', 'actions.201.fn_models')).toBe(false);
  expect(authenticateBrokerLogin(platform, 'nobody', 'nothing')).toBeUndefined();
});

test('[O4] logins come from the seed alone', async () => {
  const { simulator } = await open({ seed: 'fixed' });
  const known = simulatorCredentials('fixed');
  expect(simulator.credentials).toEqual(known);
  expect(known.apiKeys[0]).toMatchObject({ id: simulator.apiKeyId, secret: simulator.apiKeySecret });
  expect(known.users[0]).toMatchObject({ email: simulator.email, password: simulator.password });
  expect(simulatorCredentials()).not.toEqual(simulatorCredentials());
});

test('[O4] a data folder keeps CA and logins over restarts, in files only their owner reads', async () => {
  const first = await open({ dataDir: folder });
  await first.simulator.close();
  const second = await open({ dataDir: folder });
  expect(second.simulator.apiKeySecret).toBe(first.simulator.apiKeySecret);
  expect(await readFile(second.simulator.caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
  expect((await second.caller.org('GET', '')).status).toBe(200);
  expect((await stat(join(folder, 'credential-seed'))).mode & 0o777).toBe(0o600);
});

async function runCommand(json: boolean): Promise<string> {
  const ending = new AbortController();
  const written: string[] = [];
  const ended = runSimulatorCommand(
    { json, dataDir: folder },
    {
      signal: ending.signal,
      stdout: {
        write(text: string) {
          written.push(text);
          ending.abort();
        },
      },
    },
  );
  await ended;
  return written.join('');
}

test('[O5] the command prints one JSON line when it is ready, and ends with its signal', async () => {
  const line = await runCommand(true);
  expect(line).toMatch(/^[^\n]+\n$/);
  expect(Object.keys(JSON.parse(line))).toEqual([
    'ready',
    'restUrl',
    'stompHost',
    'stompPort',
    'controlUrl',
    'caFile',
    'org',
    'orgId',
    'apiKeyId',
    'apiKeySecret',
    'email',
    'password',
  ]);
  expect(JSON.parse(line)).toMatchObject({ ready: true, restUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/), orgId: 201 });
});

test('[O5] the command prints a text without secrets', async () => {
  const line = await runCommand(false);
  expect(line).toMatch(
    /^ready: REST https:\/\/127\.0\.0\.1:\d+, STOMP 127\.0\.0\.1:\d+, control http:\/\/127\.0\.0\.1:\d+, organisation 201/,
  );
  const seed = (await readFile(join(folder, 'credential-seed'), 'utf8')).trim();
  expect(line).not.toContain(simulatorCredentials(seed).apiKeys[0]?.secret);
});

test.each(['restPort', 'stompPort', 'controlPort'] as const)('[O5] a %s that is taken is named', async (name) => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await expect(createSimulator({ [name]: port })).rejects.toMatchObject({
    code: 'SIMULATOR_PORT_IN_USE',
    message: expect.stringContaining(String(port)),
  });
  await new Promise((resolve) => server.close(resolve));
});

test('[O6] content is added to a running organisation', async () => {
  const { simulator } = await open();
  await simulator.addContent(202, {
    functionFields: [{ name: 'word', text: 'Word', inputType: 'text' }],
    destinations: [{ name: 'Words', programmaticName: 'words', expectAck: true }],
    functions: [{ name: 'spell', displayName: 'Spell', description: '', destination: 'words', inputs: ['word'] }],
  });
  const id = await simulator.invocations.fire({ org: 202, function: 'spell', inputs: { word: 'ship' } });
  await simulator.publish({
    destination: 'acks.202.words',
    headers: { 'correlation-id': `invid:${id}` },
    body: new TextEncoder().encode('ok'),
  });
  expect(simulator.invocations.find(id)).toMatchObject({ org: 202, status: 'Complete' });
  const wrong = { functions: [{ name: 'f', displayName: 'F', description: '', destination: 'nowhere', inputs: [] }] };
  await expect(simulator.addContent(202, wrong)).rejects.toMatchObject({
    code: 'SIMULATOR_CONTENT_INVALID',
    message: 'there is no destination "nowhere"; define it before it is named',
  });
});

test('[A5] over REST, a write with the token of a message does not fire the rule that sent it', async () => {
  const { simulator, caller } = await open();
  const tokens: string[] = [];
  await simulator.broker?.consume('actions.201.incident_changes', (message) => void tokens.push(message.headers.Co3ContextToken ?? ''));
  const read = await caller.org('GET', '/incidents/2101');
  await caller.org('PUT', '/incidents/2101', read.body);
  expect(tokens).toHaveLength(1);
  const again = await caller.org('GET', '/incidents/2101');
  const headers = { ...caller.basic, 'X-Co3ContextToken': tokens[0] ?? '' };
  expect((await caller.call('PUT', '/orgs/201/incidents/2101', { body: again.body, headers })).status).toBe(200);
  expect(tokens).toHaveLength(1);
  expect(simulator.requests().at(-1)).toMatchObject({ method: 'PUT', contextToken: 'known' });
});
