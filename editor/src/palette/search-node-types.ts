import type { NodeTypeView } from '@wirebook/api';
import { nodeCategories } from './node-categories.ts';

/**
 * Node types in which every typed word stands: in the label, the type, the summary, the category or the titles of the config. Those
 * that have it in the label come first, then by category and label.
 */
export function searchNodeTypes(types: readonly NodeTypeView[], typed: string): readonly NodeTypeView[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const order = new Map(nodeCategories.map(({ id }, index) => [id, index]));
  return types
    .map((view) => ({ view, rank: rank(view, words) }))
    .filter(({ rank: found }) => found !== null)
    .sort((left, right) => {
      const a = left.view.descriptor;
      const b = right.view.descriptor;
      return (
        (left.rank ?? 0) - (right.rank ?? 0) ||
        (order.get(a.category) ?? 0) - (order.get(b.category) ?? 0) ||
        a.label.localeCompare(b.label)
      );
    })
    .map(({ view }) => view);
}

/** 0: begins the label. 1: in the label. 2: elsewhere. Null: not found. */
function rank({ descriptor }: NodeTypeView, words: readonly string[]): number | null {
  if (words.length === 0) return 0;
  const label = descriptor.label.toLowerCase();
  const titles = Object.values(descriptor.config.properties).map(({ title }) => title ?? '');
  const all = [label, descriptor.type, descriptor.summary, descriptor.category, ...titles].join('\n').toLowerCase();
  if (!words.every((word) => all.includes(word))) return null;
  const [first = ''] = words;
  if (label.startsWith(first)) return 0;
  return words.some((word) => label.includes(word)) ? 1 : 2;
}
