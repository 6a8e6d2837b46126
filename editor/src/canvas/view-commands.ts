import type { Command } from './command.ts';
import { nameOfWire } from './derive-wires.ts';

const always = () => true;

/** What alters only what is seen or chosen. */
export const viewCommands: readonly Command[] = [
  {
    id: 'select-all',
    label: 'Select all',
    keys: ['Mod+A'],
    menus: ['canvas'],
    writes: false,
    isPossible: always,
    run: ({ store }) => {
      const { nodes, wires } = store.getState().document;
      store.select(
        nodes.map(({ id }) => id),
        wires.map(nameOfWire),
      );
    },
  },
  {
    id: 'select-none',
    label: 'Select nothing',
    keys: ['Escape'],
    menus: [],
    writes: false,
    isPossible: always,
    run: ({ store, canvas }) => {
      canvas.closeDialog();
      store.select([]);
      canvas.focus();
    },
  },
  {
    id: 'search',
    label: 'Search in this flow',
    keys: ['Mod+F'],
    menus: ['canvas'],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.open({ kind: 'search' }),
  },
  {
    id: 'flow-settings',
    label: 'Settings of the flow',
    keys: ['Mod+,'],
    menus: ['canvas'],
    writes: false,
    isPossible: always,
    run: ({ store, canvas }) => {
      store.select([]);
      canvas.openInspector();
      store.inspect({ nodeId: null, field: 'name' });
    },
  },
  {
    id: 'zoom-in',
    label: 'Zoom in',
    keys: ['+', '=', 'Mod++', 'Mod+='],
    menus: [],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.zoom('in'),
  },
  {
    id: 'zoom-out',
    label: 'Zoom out',
    keys: ['-', 'Mod+-'],
    menus: [],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.zoom('out'),
  },
  {
    id: 'zoom-full',
    label: 'Zoom to 100 %',
    keys: ['0', 'Mod+0'],
    menus: [],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.zoom('full'),
  },
  {
    id: 'zoom-fit',
    label: 'Show the whole flow',
    keys: ['1', 'Mod+1'],
    menus: ['canvas'],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.zoom('fit'),
  },
  {
    id: 'deploy',
    label: 'Deploy',
    keys: ['Mod+D'],
    menus: [],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.open({ kind: 'deploy' }),
  },
  {
    id: 'toggle-left',
    label: 'Fold or unfold the palette',
    keys: ['Mod+Space'],
    menus: [],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.toggleLeft(),
  },
  {
    id: 'toggle-right',
    label: 'Fold or unfold the inspector',
    keys: ['Mod+Alt+Space'],
    menus: [],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.toggleRight(),
  },
  {
    id: 'keys',
    label: 'Show all keys',
    keys: ['?'],
    menus: ['canvas'],
    writes: false,
    isPossible: always,
    run: ({ canvas }) => canvas.open({ kind: 'keys' }),
  },
];
