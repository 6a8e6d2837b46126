import { type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { ExecuteContext } from '@wirebook/node-kit';
import { builtInNodes } from '@wirebook/server';
import {
  createFakeCatalogue,
  createFakeClock,
  createFakeFiles,
  createFakeFolders,
  createFakeReplies,
  createField,
  createFunctionTrigger,
  createRecordedLog,
  createRunInfo,
  createSelectValues,
  parseConfig,
} from '@wirebook/testkit';
import { expect, test } from 'vitest';

/** For each node type a config with which it asks for what it asks for, and what that is. */
const table: Readonly<
  Record<string, readonly [asks: 'nothing' | 'platform' | 'http' | 'scripts' | 'waits', config: JsonObject, message?: JsonValue]>
> = {
  'core.switch': ['nothing', { cases: [{ port: 'yes', when: true }] }],
  'core.set': ['nothing', { fields: [{ path: 'a', value: 1 }] }],
  'core.filter': ['nothing', { when: true }],
  'core.template': ['nothing', { text: 'x' }],
  'core.split': ['nothing', {}, [1]],
  'core.join': ['nothing', {}, [{ index: 0, status: 'ended', messages: [1] }]],
  'core.file-read': ['nothing', { folder: 'exports', name: 'a.txt' }],
  'core.file-write': ['nothing', { name: 'a.txt' }],
  'core.catch': ['nothing', {}],
  'core.finally': ['nothing', {}, { outcome: 'succeeded' }],
  'core.delay': ['waits', { waitMs: 1000 }],
  'core.debounce': ['waits', {}],
  'core.throttle': ['waits', {}],
  'core.dedupe': ['nothing', { key: 'x' }],
  'core.debug': ['nothing', { label: 'x' }],
  'soar.function': ['nothing', { function: 'lookup' }],
  'soar.destination': ['nothing', { destination: 'demo' }],
  'soar.inbound': ['nothing', { destination: 'offenses' }],
  'soar.connector': ['nothing', {}],
  'soar.connector-result': ['nothing', {}],
  'core.schedule': ['nothing', {}],
  'core.inject': ['nothing', {}],
  'soar.status': ['nothing', { text: 'x' }],
  'soar.result': ['nothing', { results: 1 }],
  'soar.error': ['nothing', { text: 'x' }],
  'soar.ack': ['nothing', { text: 'x' }],
  'soar.rest': ['platform', { path: '/incidents/1' }],
  'soar.incident-update': ['platform', { incidentId: 1, fields: [{ field: 'city', value: 'x' }] }],
  'soar.table-row': ['platform', { incidentId: 1, table: 'log', mode: 'add', cells: [{ column: 'ticket', value: 'x' }] }],
  'soar.artifact-add': ['platform', { incidentId: 1, artifactType: 'String', value: 'x' }],
  'soar.incident-create': ['platform', { name: 'x' }],
  'soar.incident-get': ['platform', { incidentId: 1 }],
  'soar.incident-search': ['platform', { sortBy: 'city' }],
  'soar.attachment-list': ['platform', { objectId: 1 }],
  'soar.attachment-download': ['platform', { objectId: 1, attachmentId: 1 }],
  'soar.attachment-upload': ['platform', { objectId: 1, file: { file: 'file1', sizeBytes: 1 } }],
  'soar.artifact-search': ['platform', { incidentId: 1 }],
  'soar.artifact-upload': ['platform', { incidentId: 1, artifactType: 1, file: { file: 'file1', sizeBytes: 1 } }],
  'soar.artifact-download': ['platform', { incidentId: 1, artifactId: 1 }],
  'soar.search': ['platform', { text: 'x' }],
  'soar.wiki-page': ['platform', { page: 1 }],
  'soar.label': ['nothing', { field: 'type', objectType: 'artifact', value: 1 }],
  'soar.link': ['nothing', { incidentId: 1 }],
  'core.convert': ['nothing', { conversion: 'html-to-text', value: 'x' }],
  'core.require': ['nothing', { fields: [{ field: 'a' }] }, { a: 1 }],
  'core.aggregate': ['waits', {}],
  'core.batch': ['waits', {}],
  'core.resequence': ['waits', { number: 1 }],
  'core.wiretap': ['nothing', {}],
  'core.enrich': ['platform', { address: '/incidents/1' }],
  'soar.incident-patch': ['platform', { incidentId: 1, fields: [{ field: 'city', value: 'x' }] }],
  'soar.table-search': ['platform', { incidentId: 1, table: 'log' }],
  'soar.table-delete': ['platform', { incidentId: 1, table: 'log', rowId: 1 }],
  'soar.table-rows': ['platform', { incidentId: 1, table: 'log', mode: 'add', rows: [{ ticket: 'x' }] }],
  'soar.task-list': ['platform', { incidentId: 1 }],
  'soar.task-add': ['platform', { incidentId: 1, name: 'x' }],
  'soar.task-update': ['platform', { taskId: 1, fields: [{ field: 'name', value: 'x' }] }],
  'soar.task-close': ['platform', { taskId: 1 }],
  'soar.task-note-add': ['platform', { taskId: 1, text: 'x' }],
  'soar.milestone-add': ['platform', { incidentId: 1, title: 'x' }],
  'soar.incident-close': ['platform', { incidentId: 1 }],
  'soar.incident-delete': ['platform', { incidentId: 1 }],
  'soar.incident-members': ['platform', { incidentId: 1, add: [1] }],
  'soar.note-add': ['platform', { incidentId: 1, text: 'x' }],
  'web.webhook': ['nothing', { path: 'a' }],
  'web.form': ['nothing', { path: 'a', title: 'x' }],
  'web.respond': ['nothing', {}],
  'web.http': ['http', { url: 'https://example.com/' }],
  'script.javascript': ['scripts', { source: 'return 1;' }],
};

const endLimitMs = 2000;

test('[engine G6] the table names every node type', () => {
  expect(Object.keys(table).sort()).toEqual(builtInNodes.map(({ descriptor }) => descriptor.type).sort());
});

test.each(builtInNodes.map((runtime) => [runtime.descriptor.type, runtime] as const))(
  '[engine G6] a step of %s ends promptly when its signal aborts',
  async (type, runtime) => {
    const [asks, config, message = {}] = table[type] ?? ['nothing', {}];
    const controller = new AbortController();
    const asked: string[] = [];
    /** Never answers; ends only when the signal that it was handed aborts. */
    const hang = (what: string, signal: AbortSignal | undefined) => {
      asked.push(what);
      return new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
    };
    const folders = createFakeFolders();
    const files = createFakeFiles();
    await files.put('a.txt', 'x');
    folders.contents.set('exports/a.txt', Buffer.from('x'));
    const catalogue = createFakeCatalogue({
      fields: {
        incident: [
          createField({ name: 'city', inputType: 'text' }),
          createField({ name: 'name', inputType: 'text' }),
          createField({ name: 'discovered_date', inputType: 'datetimepicker' }),
          createField({ name: 'members', inputType: 'multiselect_members', values: createSelectValues(1, ['a@example.com']) }),
        ],
        artifact: [createField({ name: 'type', inputType: 'select', values: createSelectValues(1, ['String']) })],
        task: [createField({ name: 'name', inputType: 'text' })],
        milestone: [createField({ name: 'title', inputType: 'text' }), createField({ name: 'date', inputType: 'datetimepicker' })],
        log: [createField({ name: 'ticket', inputType: 'text' })],
      },
    });
    const context: ExecuteContext<unknown, string> = {
      config: parseConfig(runtime.descriptor, config),
      message,
      // One node answers nothing but the requests of connectors.
      run: createRunInfo({ ...createFunctionTrigger({}), kind: type === 'soar.connector-result' ? 'connector' : 'function' }),
      failure: { error: { code: 'HTTP_TIMEOUT', message: 'x' }, nodeId: 'n', nodeName: 'N' },
      emit: () => undefined,
      services: {
        // The engine binds the platform to the signal of the step.
        platform: {
          catalogue,
          request: () => hang('platform', controller.signal),
          readChangeWrite: () => hang('platform', controller.signal),
        },
        reply: createFakeReplies(),
        http: { request: ({ signal }) => hang('http', signal) },
        scripts: { run: ({ signal }) => hang('scripts', signal) },
        // As the platform, bound to the signal of the step.
        waits: {
          wait: () => hang('waits', controller.signal),
          gather: () => hang('waits', controller.signal),
          takeTurn: () => hang('waits', controller.signal),
          claim: () => true,
        },
        files,
        folders,
      },
      clock: createFakeClock(),
      signal: controller.signal,
      log: createRecordedLog(),
    };
    const reason = new WirebookError('ENGINE_STEP_TIMEOUT', 'too long');
    const ending = (async () => runtime.execute(context))().then(
      () => 'ended',
      (thrown: unknown) => thrown,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked.slice(0, 1)).toEqual(asks === 'nothing' ? [] : [asks]);
    controller.abort(reason);
    const late = new Promise((resolve) => setTimeout(() => resolve('late'), endLimitMs));
    expect(await Promise.race([ending, late])).toBe(asks === 'nothing' ? 'ended' : reason);
  },
);
