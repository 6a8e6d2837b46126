import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEngine } from '../harness/engine-process.ts';
import { eventsOf, findFinishedRun } from '../harness/engine-records.ts';
import { acceptChangesFlow, type ChainNode, chainFlow, destinationSource } from '../harness/flow-chain.ts';
import { waitForEnd } from '../harness/invocations.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { createRestProxy } from '../harness/rest-proxy.ts';
import { waitFor } from '../harness/wait-for.ts';

interface DoubtfulWrite {
  readonly title: string;
  /** The node `write`. */
  readonly node: (editor: RestEditor) => ChainNode | Promise<ChainNode>;
  readonly postPath: RegExp;
  /** What stands on the platform, of the kind that the node writes. */
  readonly list: (editor: RestEditor, incident: number) => Promise<readonly JsonValue[]>;
}

const note = (format: string, text: string): DoubtfulWrite => ({
  title: `a note as ${format}`,
  node: () => ({
    id: 'write',
    type: 'soar.note-add',
    config: { incidentId: { $expr: 'incident.id' }, text: { $template: text }, format, whenInDoubt: 'check' },
  }),
  postPath: /\/comments$/,
  list: (editor, incident) => editor.readList(`/incidents/${incident}/comments`),
});

const row = (how: string, priority: (editor: RestEditor) => JsonValue | Promise<JsonValue>): DoubtfulWrite => ({
  title: `a row with a select value by ${how}`,
  node: async (editor) => ({
    id: 'write',
    type: 'soar.table-row',
    config: {
      incidentId: { $expr: 'incident.id' },
      table: 'ticket_log',
      cells: [
        { column: 'ticket', value: { $template: 'SD-{{ incident.id }}' } },
        { column: 'priority', value: await priority(editor) },
        { column: 'is_open', value: true },
      ],
      whenInDoubt: 'check',
    },
  }),
  postPath: /\/row_data$/,
  list: async (editor, incident) => {
    const { rows } = await editor.readObject(`/incidents/${incident}/table_data/ticket_log?handle_format=names`);
    if (!Array.isArray(rows)) throw new Error('the table has no rows');
    return rows;
  },
});

async function findHighId(editor: RestEditor): Promise<JsonValue> {
  const columns = (await editor.readList('/types/ticket_log/fields')).filter(isJsonObject);
  const values = columns.find(({ name }) => name === 'priority')?.values;
  const high = Array.isArray(values) ? values.filter(isJsonObject).find(({ label }) => label === 'High') : undefined;
  if (typeof high?.value !== 'number') throw new Error('the column priority has no value High');
  return high.value;
}

const writes: readonly DoubtfulWrite[] = [
  note('text', 'Opened <b>by us</b> & "kept" for {{ incident.id }}\nsecond line'),
  note('html', '<p>Opened <b>by us</b> for {{ incident.id }}</p>'),
  row('label', () => 'High'),
  row('id', findHighId),
];

describe('a write that was under way when the engine was killed, and that its node checks', () => {
  let platform: Platform;
  let editor: RestEditor;

  beforeAll(async () => {
    platform = await startPlatform({ broker: 'embedded' });
    editor = createRestEditor(platform.simulator);
  });
  afterAll(async () => {
    await editor?.close();
    await platform?.close();
  });

  /** Kills the engine while its write waits on the way to the platform. */
  async function killDuring({ node, postPath, list }: DoubtfulWrite, reaches: boolean) {
    const flows = [
      chainFlow({
        id: 'doubt',
        nodes: [
          destinationSource('ticket_desk', ['Create Ticket']),
          await node(editor),
          { id: 'ack', type: 'soar.ack', config: { text: { $template: 'It is number {{ id }}' } } },
        ],
      }),
      acceptChangesFlow,
    ];
    const incident = await editor.findIncidentId();
    const before = await list(editor, incident);
    const proxy = await createRestProxy({ simulator: platform.simulator });
    const first = await startEngine({ platform, flows, config: { resilient: { port: proxy.port, cafile: proxy.caFile } } });
    proxy.hold('POST', postPath);
    const invocationId = await platform.simulator.invocations.fire({
      rule: 'Create Ticket',
      incident,
      properties: { ticket_priority: 'Low' },
    });
    const held = await proxy.nextHeld();
    await first.kill9();
    if (reaches) {
      held.release();
      await waitFor('the write on the platform', async () => (await list(editor, incident)).length > before.length);
    }
    const second = await startEngine({ platform, flows, dataDir: first.dataDir });
    const invocation = await waitForEnd(platform.simulator, invocationId);
    const run = await waitFor('the run in the trace', () => findFinishedRun(second.dataDir, invocationId));
    await second.stop();
    const made = (await list(editor, incident)).slice(before.length);
    await proxy.close();
    return { invocation, made, lines: eventsOf(run, 'step.logged').map(({ text }) => text) };
  }

  for (const write of writes) {
    test.each([
      ['reached the platform is found and not repeated', true, 'the write was made'],
      ['did not reach it is made', false, 'nothing was written'],
    ])(`${write.title} that %s: it is there once and the run succeeds`, async (_, reaches, line) => {
      const { invocation, made, lines } = await killDuring(write, reaches);
      expect(made).toHaveLength(1);
      const { id } = made[0] as JsonObject;
      expect(invocation).toMatchObject({ status: 'Complete', information: `It is number ${String(id)}`, completingReplies: 1 });
      expect(lines).toEqual([expect.stringContaining(line)]);
    });
  }
});
