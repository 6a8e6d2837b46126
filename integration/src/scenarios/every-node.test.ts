import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { FlowDocumentInput } from '@wirebook/flow';
import { builtInNodes } from '@wirebook/server';
import type { FireRequest, Simulator } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { eventsOf, findFinishedRun } from '../harness/engine-records.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { createRestEditor } from '../harness/rest-editor.ts';
import { waitFor } from '../harness/wait-for.ts';

const nodesFolder = fileURLToPath(new URL('../../../nodes/', import.meta.url));
const models = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"model":"M-7"}');
});

/** The examples in the folders of the nodes. */
const examples = readdirSync(nodesFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\/src\/[^/]+\/examples\/.*\.flow\.json$/.test(path) && !path.includes('node_modules'))
  .sort()
  .map((path, index) => ({ path, number: index + 1, flow: readFlow(join(nodesFolder, path)) }));

/**
 * Those that a function or a rule starts, each behind one of its own, so that one engine runs all of them. What begins otherwise has a test
 * of its own beside those of the other examples.
 */
const fired = examples.filter(({ flow }) => findSource(flow) !== undefined);

/** Rules of the demonstration organisation that are not about incidents. */
const ruleObjects: Readonly<Record<string, 'task' | 'attachment'>> = {
  'Ask about the Task': 'task',
  'Send to the Desk': 'attachment',
};

/** Folders that the examples read and write, as app.config names them. */
function makeFolders(parent: string): string {
  const [lists, exported] = ['lists', 'exports'].map((name) => join(parent, name)) as [string, string];
  for (const folder of [lists, exported]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(lists, 'watchlist.json'), '{"updated": "2026-03-01", "models": ["M-7"]}');
  return `lists=${lists}, exports=${exported}`;
}

/** There is no function of the name that is looked up, and that is what these show. */
const answeredWithError: ReadonlySet<string> = new Set(['answer-with-the-error']);

test('there is an example for every node type', () => {
  const shown = new Set(examples.flatMap(({ flow }) => flow.nodes.map(({ type }) => type)));
  expect(builtInNodes.map(({ descriptor }) => descriptor.type).filter((type) => !shown.has(type))).toEqual([]);
});

test('a field that decides what a repetition would do takes no expression and has the values that are named', () => {
  const wrong = builtInNodes.flatMap(({ descriptor: { type, config, sideEffectByConfig } }) => {
    if (sideEffectByConfig === undefined) return [];
    const field = config.properties[sideEffectByConfig.field];
    const unknown = Object.keys(sideEffectByConfig.values).filter((value) => !field?.enum?.includes(value));
    return field?.['x-expression'] === true || unknown.length > 0 ? [`${type}: ${sideEffectByConfig.field} ${unknown.join(', ')}`] : [];
  });
  expect(wrong).toEqual([]);
});

describeOnBrokers('the examples of all nodes', (setting) => {
  let engine: EngineProcess;
  let incident: number;
  const objects = new Map<number, { readonly type: string; readonly id: number }>();

  beforeAll(async () => {
    const { simulator } = setting.platform;
    if (!models.listening) await new Promise<void>((listening) => models.listen(0, '127.0.0.1', listening));
    const address = models.address();
    const modelsHost = typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
    await addSources(simulator);
    const editor = createRestEditor(simulator);
    incident = await editor.findIncidentId();
    for (const { flow, number } of fired) {
      const type = objectTypeOf(flow);
      if (type === 'task') {
        const { body } = await editor.call('POST', `/incidents/${incident}/tasks`, { name: `Example ${number}` });
        objects.set(number, { type, id: idOf(body) });
      } else if (type === 'attachment') {
        const [file] = await editor.readList(`/incidents/${incident}/attachments`);
        objects.set(number, { type, id: idOf(file) });
      }
    }
    await editor.close();
    engine = await startEngine({
      platform: setting.platform,
      flows: fired.map(({ flow, number }) => withOwnSource(flow, { number, modelsHost })),
      config: { wirebook: { http_allowed_hosts: modelsHost, file_folders: makeFolders(setting.platform.folder) } },
    });
  });
  afterAll(async () => {
    await engine?.stop();
    if (setting.broker === 'activemq') models.close();
  });

  test.each(fired)('$path runs and is completed', async ({ flow, number }) => {
    const { simulator } = setting.platform;
    const invocation = await fireAndWait(simulator, { ...toRequest(flow, number, incident), object: objects.get(number) });
    const expectsReply = sourceOf(flow).config.fireAndForget !== true;
    expect(invocation).toMatchObject({
      status: answeredWithError.has(flow.id) ? 'Error' : 'Complete',
      completingReplies: expectsReply ? 1 : 0,
    });
    const run = await waitFor('the run in the trace', () => findFinishedRun(engine.dataDir, invocation.id));
    expect(run.outcome).toBe('succeeded');
    expect(eventsOf(run, 'step.failed').filter(({ handled }) => !handled)).toEqual([]);
  });
});

function readFlow(path: string): FlowDocumentInput {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function findSource(flow: FlowDocumentInput): FlowDocumentInput['nodes'][number] | undefined {
  return flow.nodes.find(({ type }) => type === 'soar.function' || type === 'soar.destination');
}

function sourceOf(flow: FlowDocumentInput): FlowDocumentInput['nodes'][number] {
  const source = findSource(flow);
  if (source === undefined) throw new Error(`example "${flow.id}" has no source that the simulator can start`);
  return source;
}

function objectTypeOf(flow: FlowDocumentInput): 'incident' | 'task' | 'attachment' {
  const { rules } = sourceOf(flow).config;
  const [rule] = Array.isArray(rules) ? rules : [];
  return ruleObjects[String(rule)] ?? 'incident';
}

function idOf(body: JsonValue | undefined): number {
  const id = body !== undefined && isJsonObject(body) ? body.id : undefined;
  if (typeof id !== 'number') throw new Error(`there is no id in ${JSON.stringify(body)}`);
  return id;
}

/** A copy whose source answers to the number of the example, and whose web calls go to the server of this test. */
function withOwnSource(flow: FlowDocumentInput, { number, modelsHost }: { number: number; modelsHost: string }): FlowDocumentInput {
  const source = sourceOf(flow);
  return {
    ...flow,
    id: `example-${number}`,
    name: `Example ${number}`,
    nodes: flow.nodes.map((node) => {
      if (node === source && node.type === 'soar.function') return { ...node, config: { ...node.config, function: functionName(number) } };
      if (node === source) return { ...node, config: { ...node.config, rules: [ruleName(number)] } };
      if (node.type !== 'web.http') return node;
      return {
        ...node,
        // The address may be a template.
        config: JSON.parse(JSON.stringify(node.config).replace('https://models.example.com', `http://${modelsHost}`)),
      };
    }),
  };
}

async function addSources(simulator: Simulator): Promise<void> {
  const functions = fired.filter(({ flow }) => sourceOf(flow).type === 'soar.function');
  const rules = fired.filter(({ flow }) => sourceOf(flow).type === 'soar.destination');
  await simulator.addContent(simulator.orgId, {
    functions: functions.map(({ number }) => ({
      name: functionName(number),
      displayName: `Example ${number}`,
      description: 'Starts an example.',
      destination: 'fn_models',
      inputs: ['model_id'],
    })),
    rules: rules.map(({ flow, number }) => ({
      name: ruleName(number),
      kind: 'menu',
      objectType: objectTypeOf(flow),
      destinations: [String(sourceOf(flow).config.destination)],
      form: [{ field: 'ticket_priority' }],
    })),
  });
}

function toRequest(flow: FlowDocumentInput, number: number, incident: number): FireRequest {
  if (sourceOf(flow).type === 'soar.function') return { function: functionName(number), inputs: { model_id: 'M-7' } };
  return { rule: ruleName(number), incident, properties: { ticket_priority: 'High' } };
}

function functionName(number: number): string {
  return `example_${number}`;
}

function ruleName(number: number): string {
  return `Example ${number}`;
}
