import { type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react';

export type WireEnds = Pick<EdgeProps, 'sourceX' | 'sourceY' | 'sourcePosition' | 'targetX' | 'targetY' | 'targetPosition'>;

/** Nearer than this a wire counts as leading backwards; between the ports of neighbours in a row there may be as little as 15. */
const leastAhead = 4;
const sameRow = 56;
const detour = 56;

/** The line of a wire with the middle of its label: a curve ahead; backwards an angular way between the rows, or below the row. */
export function drawWire(ends: WireEnds): readonly [path: string, labelX: number, labelY: number] {
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (targetX - sourceX >= leastAhead) {
    const [path, labelX, labelY] = getBezierPath(ends);
    return [path, labelX, labelY];
  }
  const isSameRow = Math.abs(sourceY - targetY) < sameRow;
  const centerY = isSameRow ? Math.max(sourceY, targetY) + detour : (sourceY + targetY) / 2;
  const [path, labelX] = getSmoothStepPath({ ...ends, borderRadius: 8, offset: 16, centerY });
  return [path, labelX, centerY];
}
