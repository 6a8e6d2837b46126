import { expect, test } from 'vitest';
import { testFlow, testNode } from './open-flow.stand-in.ts';
import { findUnplaced, placeNodes } from './place-nodes.ts';

test('[C6] nodes without a position stand in columns by their distance from a source, and no two in one place', () => {
  const places = placeNodes(
    testFlow({
      nodes: [testNode('a', 'test.source'), testNode('b'), testNode('c'), testNode('d')],
      wires: [
        { from: 'a.out', to: 'b.in' },
        { from: 'a.out', to: 'c.in' },
        { from: 'c.out', to: 'd.in' },
        { from: 'd.out', to: 'a.in' },
      ],
      layout: {},
    }),
  );
  expect(places.get('b')?.[0]).toBe(places.get('c')?.[0]);
  expect(places.get('d')?.[0]).toBeGreaterThan(places.get('c')?.[0] ?? 0);
  expect(new Set([...places.values()].map(String)).size).toBe(4);
});

test('[C6] what has a position keeps it; the others stand below', () => {
  const document = testFlow({ layout: { nodes: { a: [40, 500] } } });
  const places = placeNodes(document);
  expect(places.get('a')).toEqual([40, 500]);
  expect(places.get('b')?.[1]).toBeGreaterThan(500);
  expect(Object.keys(findUnplaced(document))).toEqual(['b', 'c']);
});
