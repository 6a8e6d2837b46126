import { copyNodes, type FlowDocument, type FlowDocumentInput, type NodesAdded, parseFlowValue, pasteNodes } from '@wirebook/flow';

/** How far below the lowest node an example comes to stand, in canvas units. */
const gap = 120;
const origin = 80;

/** The change that adds all nodes of an example below what is there. */
export function makeExampleInsertion(flow: FlowDocument, example: FlowDocumentInput, ids: () => string): NodesAdded {
  const parsed = parseFlowValue(example);
  const text = copyNodes(
    parsed,
    parsed.nodes.map(({ id }) => id),
  );
  return pasteNodes(flow, text, { ids, at: findFreePlace(flow) });
}

function findFreePlace({ layout }: FlowDocument): readonly [number, number] {
  const points = Object.values(layout.nodes ?? {}).flatMap((point) => {
    const [x, y] = point;
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
  if (points.length === 0) return [origin, origin];
  const left = points.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const bottom = points.reduce((most, { y }) => Math.max(most, y), Number.NEGATIVE_INFINITY);
  return [left, bottom + gap];
}
