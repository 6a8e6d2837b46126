import type { FlowDocument } from '@wirebook/flow';
import type { NodeTypeIndex } from '../state/node-type-index.ts';

export interface FlowMatch {
  readonly nodeId: string;
  readonly name: string;
  /** Where the words stand: the type, or a line of the config. */
  readonly where: string;
}

/** Nodes in which the words stand: in the name, the type, the notes, or any text of the config. All nodes where nothing was typed. */
export function searchFlow({ nodes }: FlowDocument, nodeTypes: NodeTypeIndex, typed: string): readonly FlowMatch[] {
  const wanted = typed.trim().toLowerCase();
  return nodes.flatMap(({ id, name, type, config, notes }) => {
    const label = nodeTypes.findDescriptor(type)?.label ?? type;
    const has = (text: string) => text.toLowerCase().includes(wanted);
    if (wanted === '' || has(name) || has(label) || has(type)) return [{ nodeId: id, name, where: label }];
    const line = [...texts(config, ''), ['notes', notes] as const].find(([path, text]) => has(text) || has(path));
    return line === undefined ? [] : [{ nodeId: id, name, where: `${line[0]}: ${excerpt(line[1], wanted)}` }];
  });
}

/** Every text and number of a config, with its path. */
function texts(value: unknown, path: string): (readonly [path: string, text: string])[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => texts(item, `${path}[${index}]`));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => texts(item, path === '' ? key : `${path}.${key}`));
  }
  return value === undefined || value === null ? [] : [[path, String(value)]];
}

const around = 24;

function excerpt(text: string, wanted: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(wanted) - around);
  const cut = text.slice(at, at + wanted.length + 2 * around).replace(/\s+/g, ' ');
  return `${at > 0 ? '…' : ''}${cut}`;
}
