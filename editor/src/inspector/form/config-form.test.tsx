// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { FlowDocumentInput } from '@wirebook/flow';
import type { ConfigField, NodeDescriptor } from '@wirebook/node-kit';
import { afterEach, expect, test } from 'vitest';
import { chooseWidget } from '../choose-widget.ts';
import { focusField } from '../focus-field.ts';
import { openForm } from '../form-scene.stand-in.tsx';

afterEach(cleanup);

// The editor knows node types from the server only; here they stand in for it.
const descriptorFiles = import.meta.glob<Record<string, NodeDescriptor>>('../../../../nodes/*/src/*/descriptor.ts', { eager: true });
const exampleFiles = import.meta.glob<FlowDocumentInput>('../../../../nodes/*/src/*/examples/*.flow.json', {
  eager: true,
  import: 'default',
});
const descriptors = Object.values(descriptorFiles).flatMap((file) => Object.values(file));
const examples = Object.entries(exampleFiles).flatMap(([path, flow]) =>
  flow.nodes.flatMap((node) => {
    const descriptor = descriptors.find(({ type }) => type === node.type);
    // The code editor needs a real browser.
    const isDrawable =
      descriptor !== undefined && !Object.values(descriptor.config.properties).some((field) => chooseWidget(field).kind === 'code');
    return isDrawable ? [{ title: `${path.split('/').at(-1)}: ${node.name}`, descriptor, config: node.config }] : [];
  }),
);

test('[I4] there are examples of many kinds', () => {
  expect(new Set(examples.map(({ descriptor }) => descriptor.type)).size).toBeGreaterThan(10);
});

test.each(examples)('[I4] the form of $title changes nothing when it is opened', async ({ descriptor, config }) => {
  const { changes, asked } = openForm({ descriptor, config });
  await act(async () => undefined);
  await waitFor(() => expect(Object.keys(descriptor.config.properties).length === 0 || document.body.textContent !== '').toBe(true));
  expect(changes).toEqual([]);
  expect(asked.every((name) => name.startsWith('get') || name === 'previewValue')).toBe(true);
});

function describe(properties: Readonly<Record<string, ConfigField>>, required: readonly string[] = []): NodeDescriptor {
  return {
    type: 'test.step',
    version: 1,
    label: 'Step',
    summary: '',
    category: 'logic',
    icon: 'pencil',
    inputs: { in: { label: 'in' } },
    outputs: { out: { label: 'out' } },
    config: { type: 'object', additionalProperties: false, required: [...required], properties },
    sideEffect: 'none',
    permissions: [],
  };
}

function type(label: string, text: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
}

test('[I4] what is typed is in the flow at once, defaults are not, and an emptied field is left out', () => {
  const descriptor = describe({
    url: { type: 'string', title: 'URL', default: 'https://x' },
    tries: { type: 'integer', title: 'Tries', default: 3 },
    open: { type: 'boolean', title: 'Open', default: true },
    mode: { type: 'string', title: 'Mode', enum: ['a', 'b'], default: 'a' },
  });
  const { config, store } = openForm({ descriptor, config: {} });
  type('URL', 'https://y');
  expect(config()).toEqual({ url: 'https://y' });
  type('Tries', '5');
  type('Tries', '5x');
  expect(config()).toEqual({ url: 'https://y', tries: '5x' });
  type('Tries', '');
  type('URL', '');
  expect(config()).toEqual({});
  fireEvent.click(screen.getByLabelText('Open'));
  expect(config()).toEqual({ open: false });
  act(() => store.undo());
  expect(config()).toEqual({});
  expect((screen.getByLabelText('Open') as HTMLInputElement).checked).toBe(true);
});

test('[I2] an equals sign makes an expression, and the menu brings the other forms back with what was typed', async () => {
  const { config } = openForm({ descriptor: describe({ text: { type: 'string', title: 'Text', 'x-expression': true } }), config: {} });
  type('Text', '=');
  expect(config()).toEqual({ text: { $expr: '' } });
  type('Text', 'incident.name');
  expect(config()).toEqual({ text: { $expr: 'incident.name' } });
  await choose('Text: Expression', /Literal/);
  expect(config()).toEqual({});
  type('Text', 'plain');
  await choose('Text: Literal', /Secret/);
  type('Text', 'vt_key');
  expect(config()).toEqual({ text: { $secret: 'vt_key' } });
  await choose('Text: Secret', /Expression/);
  expect(config()).toEqual({ text: { $expr: 'incident.name' } });
  await choose('Text: Expression', /Literal/);
  expect(config()).toEqual({ text: 'plain' });
});

async function choose(button: string, item: RegExp): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: button }));
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

test('[I4] rows of a list are added, moved and removed', () => {
  const rows: ConfigField = {
    type: 'array',
    title: 'Cases',
    items: { type: 'object', properties: { port: { type: 'string', title: 'Port' } } },
  };
  const { config } = openForm({ descriptor: describe({ cases: rows }), config: { cases: [{ port: 'a' }] } });
  fireEvent.click(screen.getByRole('button', { name: 'Add case' }));
  expect(config()).toEqual({ cases: [{ port: 'a' }, {}] });
  fireEvent.change(screen.getAllByLabelText('Port')[1] as HTMLElement, { target: { value: 'b' } });
  fireEvent.click(screen.getByRole('button', { name: 'Move row 2 up' }));
  expect(config()).toEqual({ cases: [{ port: 'b' }, { port: 'a' }] });
  fireEvent.keyDown(screen.getAllByLabelText('Port')[0] as HTMLElement, { key: 'ArrowDown', altKey: true });
  expect(config()).toEqual({ cases: [{ port: 'a' }, { port: 'b' }] });
  fireEvent.click(screen.getByRole('button', { name: 'Remove row 1' }));
  expect(config()).toEqual({ cases: [{ port: 'b' }] });
});

test('[I13] names and values: a line counts when it has a name, and a value may be an expression', () => {
  const headers: ConfigField = { type: 'object', title: 'Headers', additionalProperties: { type: 'string', 'x-expression': true } };
  const { config } = openForm({ descriptor: describe({ headers }), config: { headers: { 'x.y': 'a' } } });
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(config()).toEqual({ headers: { 'x.y': 'a' } });
  type('Headers: name 2', 'Accept');
  type('Headers: value of Accept', '=kind');
  expect(config()).toEqual({ headers: { 'x.y': 'a', Accept: { $expr: 'kind' } } });
  type('Headers: name 1', 'Accept');
  expect(screen.getByText('"Accept" is there twice; the first counts.')).toBeTruthy();
  fireEvent.click(screen.getAllByRole('button', { name: 'Remove Accept' })[0] as HTMLElement);
  expect(config()).toEqual({ headers: { Accept: { $expr: 'kind' } } });
});

test('[I7] select values are chosen by label, and a name that the platform does not know is kept and marked', async () => {
  const descriptor = describe({
    table: { type: 'string', title: 'Table', 'x-editor': 'picker:table' },
    cells: {
      type: 'array',
      title: 'Cells',
      items: {
        type: 'object',
        properties: {
          column: { type: 'string', title: 'Column', 'x-editor': 'picker:column' },
          value: { title: 'Value', 'x-editor': 'value:field', 'x-expression': true },
        },
      },
    },
  });
  const { config } = openForm({ descriptor, config: { table: 'log', cells: [{ column: 'priority', value: 50 }] } });
  const value = await waitFor(() => {
    const found = screen.getByLabelText<HTMLSelectElement>('Value');
    expect(found.tagName).toBe('SELECT');
    return found;
  });
  expect(value.selectedOptions[0]?.textContent).toBe('Low');
  fireEvent.change(value, { target: { value: '"High"' } });
  expect(config()).toEqual({ table: 'log', cells: [{ column: 'priority', value: 'High' }] });
  type('Table', 'gone');
  expect(config()).toMatchObject({ table: 'gone' });
  expect(screen.getByText(/^Not known here/)).toBeTruthy();
});

test('[I3] a problem is told at its field, and leads to it', () => {
  const cases: ConfigField = {
    type: 'array',
    title: 'Cases',
    items: { type: 'object', properties: { port: { type: 'string', title: 'Port' } } },
  };
  const { store, container } = openForm({
    descriptor: describe({ url: { type: 'string', title: 'URL' }, cases }),
    config: { cases: [{ port: '!' }] },
  });
  const message = 'node "n" (test.step): field "cases[0].port" must match x';
  act(() => store.setProblems([{ code: 'FLOW_NODE_CONFIG_INVALID', severity: 'error', message, nodeId: 'n', field: 'cases[0].port' }]));
  const port = screen.getByLabelText('Port');
  expect(port.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(port.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Must match x.');
  Element.prototype.scrollIntoView = () => undefined;
  expect(focusField(container, 'cases[0].port')).toBe(true);
  expect(document.activeElement).toBe(port);
  expect(focusField(container, 'cases[0].port.deeper')).toBe(true);
  expect(focusField(container, 'nowhere')).toBe(false);
});

test('[I8] what an expression gives is shown below it, with the run that the message is from', async () => {
  const preview = { kind: 'value', value: 2101, source: { runId: 'r77', atMs: 0, isSample: false } } as const;
  openForm({
    descriptor: describe({ id: { type: 'integer', title: 'Id', 'x-expression': true } }),
    config: { id: { $expr: 'incident.id' } },
    preview,
  });
  expect(await screen.findByText('2101')).toBeTruthy();
  expect(screen.getByText('r77')).toBeTruthy();
});

test('[I8] a secret is not asked for', async () => {
  const { asked } = openForm({
    descriptor: describe({ key: { type: 'string', title: 'Key', 'x-expression': true } }),
    config: { key: { $secret: 'vt_key' } },
  });
  await waitFor(() => expect(asked).toContain('getPlatform'));
  expect(asked).not.toContain('previewValue');
  expect(within(document.body).getByLabelText<HTMLInputElement>('Key').value).toBe('vt_key');
});

test('[I18] a group is folded until it is asked for, or a problem or a link leads into it', () => {
  const grouped = { 'x-group': 'Waiting' } as const;
  const { store, container, config } = openForm({
    descriptor: describe({
      wait: { type: 'string', enum: ['none', 'defer'], default: 'none', title: 'Wait', ...grouped },
      time: { type: 'integer', title: 'Time', 'x-editor': 'duration', 'x-shown-when': { field: 'wait', is: ['defer'] }, ...grouped },
    }),
    config: {},
  });
  const group = container.querySelector('details');
  expect(group?.open).toBe(false);
  expect(group?.querySelector('summary')?.textContent).toBe('Waitingnone');
  expect(screen.queryByLabelText('Time')).toBeNull();
  Element.prototype.scrollIntoView = () => undefined;
  expect(focusField(container, 'wait')).toBe(true);
  expect(group?.open).toBe(true);
  fireEvent.change(screen.getByLabelText('Wait'), { target: { value: '"defer"' } });
  type('Time', '1.5 min');
  expect(config()).toEqual({ wait: 'defer', time: 90_000 });
  expect(group?.querySelector('summary')?.textContent).toBe('Waitingdefer · Time 1 min 30 s');
  if (group !== null) group.open = false;
  fireEvent.change(screen.getByLabelText('Wait'), { target: { value: '"none"' } });
  expect(screen.queryByLabelText('Time')).toBeNull();
  const message = 'node "n" (test.step): field "time" must be at most 5, got 90000';
  act(() => store.setProblems([{ code: 'FLOW_NODE_CONFIG_INVALID', severity: 'error', message, nodeId: 'n', field: 'time' }]));
  expect(group?.open).toBe(true);
  expect(screen.getByLabelText('Time')).toBeDefined();
});
