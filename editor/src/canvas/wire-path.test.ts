import { Position } from '@xyflow/react';
import { expect, test } from 'vitest';
import { drawWire } from './wire-path.ts';

const draw = (targetX: number, targetY: number) =>
  drawWire({ sourceX: 100, sourceY: 50, sourcePosition: Position.Right, targetX, targetY, targetPosition: Position.Left });
test('[C32] a wire to the next node of a row stays in the row, however near it stands', () => {
  for (const targetX of [108, 115, 116, 300]) {
    const [path] = draw(targetX, 50);
    // The curve has no other height than that of its ends.
    expect(path).toMatch(new RegExp(`^M100,50 C[\\d.]+,50 [\\d.]+,50 ${targetX},50$`));
  }
});

test('[C32] a wire that leads back goes below its row', () => {
  const [path, , labelY] = draw(20, 50);
  expect(path).toContain('106');
  expect(labelY).toBe(106);
});
