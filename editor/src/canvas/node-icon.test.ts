import { expect, test } from 'vitest';
import { iconNames } from './node-icon.tsx';

test('[C27] every node type of the product has its icon in the bundle, and no other icon is there', () => {
  // As text: the editor imports no node.
  const sources = import.meta.glob<string>('../../../nodes/*/src/*/descriptor.ts', { query: '?raw', import: 'default', eager: true });
  const named = Object.values(sources).flatMap((text) => /\bicon: '([^']+)'/.exec(text)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(0);
  expect([...new Set(named)].sort()).toEqual([...iconNames].sort());
});
