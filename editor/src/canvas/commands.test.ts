import { serializeFlow } from '@wirebook/flow';
import { expect, test } from 'vitest';
import { paste } from './clipboard-commands.ts';
import { commands, findCommand, runCommand } from './commands.ts';
import { readChord, showChord } from './key-chord.ts';
import { createTestContext, openTestFlow, testFlow, testNode } from './open-flow.stand-in.ts';

const onCanvas = { isCanvasFocused: true };
const elsewhere = { isCanvasFocused: false };
const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  readChord({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('[C10] each key stands for one command, and every command of a menu has a key', () => {
  const keys = commands.flatMap((command) => command.keys);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  expect(commands.filter(({ menus, keys: own }) => menus.length > 0 && own.length === 0).map(({ id }) => id)).toEqual([]);
});

test('[C10] keys are read the same with Ctrl and Cmd, and signs with the Shift that a keyboard needs for them', () => {
  expect(press('z', { ctrlKey: true, shiftKey: true })).toBe('Mod+Shift+Z');
  expect(press('z', { metaKey: true })).toBe('Mod+Z');
  expect(press('+', { shiftKey: true })).toBe('+');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press(' ', { ctrlKey: true })).toBe('Mod+Space');
  expect(showChord('Mod++')).toBe('Ctrl++');
  expect(showChord('Mod+Shift+ArrowLeft')).toBe('Ctrl+Shift+←');
});

test('[C11] single letters act only while the canvas has the keyboard', () => {
  const { context, store } = createTestContext();
  store.select(['b']);
  expect(findCommand('D', context, onCanvas)?.id).toBe('disable');
  expect(findCommand('D', context, elsewhere)).toBeNull();
  expect(findCommand('Delete', context, elsewhere)).toBeNull();
  expect(findCommand('Mod+F', context, elsewhere)?.id).toBe('search');
});

test('[C12] a tab that only reads can look, copy and search, and change nothing', () => {
  const { context, store } = createTestContext();
  store.select(['b']);
  store.setMode('reading');
  const before = store.getState().document;
  for (const command of commands.filter(({ writes }) => writes)) {
    expect(command.keys.map((key) => findCommand(key, context, onCanvas)).every((found) => found === null)).toBe(true);
    runCommand(command.id, context);
  }
  expect(store.getState().document).toBe(before);
  expect(findCommand('Mod+F', context, onCanvas)?.id).toBe('search');
});

test('[C13] deleting nodes and wires together is one step of undo', () => {
  const { context, store } = createTestContext();
  const before = serializeFlow(store.getState().document);
  store.select(['c'], ['a.out>b.in', 'b.out>c.in']);
  runCommand('delete', context);
  expect(store.getState().document.nodes.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(store.getState().document.wires).toEqual([]);
  expect(store.getState().undoSteps.map(({ label }) => label)).toEqual(['Delete 1 node']);
  store.undo();
  expect(serializeFlow(store.getState().document)).toBe(before);
});

test('[C14] a command acts on what is selected; when nothing is, on the node that has the keyboard', () => {
  const { context, store, canvas } = createTestContext();
  canvas.focus('a');
  store.select(['b', 'c']);
  runCommand('disable', context);
  const disabled = () =>
    store
      .getState()
      .document.nodes.filter((node) => node.disabled)
      .map(({ id }) => id);
  expect(disabled()).toEqual(['b', 'c']);
  store.select(['c']);
  runCommand('disable', context);
  expect(disabled()).toEqual(['b']);
  store.select([]);
  runCommand('disable', context);
  expect(disabled()).toEqual(['a', 'b']);
});

test('[C15] moving by the keyboard goes by the grid, and in one step of undo while it goes on', () => {
  const { context, store } = createTestContext();
  store.select(['a', 'b']);
  for (let step = 0; step < 3; step += 1) runCommand('move-right-1', context);
  runCommand('move-down-10', context);
  expect(store.getState().document.layout.nodes).toEqual({ a: [60, 200], b: [320, 200], c: [520, 0] });
  expect(store.getState().undoSteps.length).toBe(1);
});

test('[C16] what is copied is pasted at the pointer on the grid, with new ids and names, and is selected', async () => {
  const { context, store, clipboard } = createTestContext();
  store.select(['a', 'b']);
  runCommand('copy', context);
  expect(JSON.parse(clipboard())).toMatchObject({ wirebook: 'nodes', wires: [{ from: 'a.out', to: 'b.in' }] });
  paste(context, clipboard(), context.canvas.pointer().at);
  const { document, selectedNodeIds } = store.getState();
  expect(document.nodes.map(({ id, name }) => `${id} ${name}`).slice(3)).toEqual(['new1 A 2', 'new2 B 2']);
  expect(document.wires.at(-1)).toEqual({ from: 'new1.out', to: 'new2.in' });
  expect(document.layout.nodes?.new1).toEqual([100, 100]);
  expect([...selectedNodeIds]).toEqual(['new1', 'new2']);
});

test('[C16] cutting is one step of undo, duplicating needs no clipboard', () => {
  const { context, store, clipboard } = createTestContext();
  store.select(['b']);
  runCommand('duplicate', context);
  expect(clipboard()).toBe('');
  expect(store.getState().document.layout.nodes?.new1).toEqual([300, 40]);
  runCommand('cut', context);
  expect(store.getState().undoSteps.map(({ label }) => label)).toEqual(['Duplicate 1 node', 'Cut 1 node']);
  expect(JSON.parse(clipboard()).nodes[0].name).toBe('B 2');
});

test('[C17] what is pasted and holds no nodes says what was found, and changes nothing', () => {
  const { context, store, told } = createTestContext();
  const before = store.getState().document;
  paste(context, 'hello', [0, 0]);
  expect(told).toEqual(['The clipboard holds no nodes of Wirebook: it holds other text, beginning "hello".']);
  expect(store.getState().document).toBe(before);
});

test('[C18] arrows go along the wires, up and down among nodes with a common neighbour, else to the nearest that way', () => {
  const document = testFlow({
    nodes: ['a', 'b', 'c', 'd', 'e'].map((id) => testNode(id)),
    wires: [
      { from: 'a.out', to: 'b.in' },
      { from: 'a.out', to: 'c.in' },
    ],
    layout: { nodes: { a: [0, 0], b: [900, 0], c: [900, 300], d: [200, 20], e: [0, 400] } },
  });
  const { context, store, canvas } = createTestContext(openTestFlow(document));
  const go = (direction: string) => {
    runCommand(`walk-${direction}`, context);
    return [[...store.getState().selectedNodeIds].join(), canvas.focusedNodeId()].join(' ');
  };
  store.select(['a']);
  expect(go('right')).toBe('b b');
  expect(go('down')).toBe('c c');
  expect(go('up')).toBe('b b');
  expect(go('left')).toBe('a a');
  expect(go('down')).toBe('e e');
  expect(go('left')).toBe('e e');
  runCommand('extend-up', context);
  expect([...store.getState().selectedNodeIds]).toEqual(['e', 'a']);
});

test('[C19] undo and redo are commands, possible only when there is something to undo or redo', () => {
  const { context, store } = createTestContext();
  expect(findCommand('Mod+Z', context, onCanvas)).toBeNull();
  store.change({ kind: 'node-noted', nodeId: 'a', notes: 'x' }, { label: 'Note' });
  expect(findCommand('Mod+Z', context, elsewhere)?.id).toBe('undo');
  runCommand('undo', context);
  expect(findCommand('Mod+Shift+Z', context, onCanvas)?.id).toBe('redo');
  runCommand('redo', context);
  expect(store.getState().document.nodes[0]?.notes).toBe('x');
});
