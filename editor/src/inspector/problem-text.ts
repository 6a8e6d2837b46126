import type { FlowNode, FlowProblem } from '@wirebook/flow';

/** The message without the place that the screen shows anyway: `Is missing.` at the field, `Field "url" is missing.` in a list. */
export function shortenProblem(problem: FlowProblem, node: FlowNode, isAtField = true): string {
  let text = problem.message;
  for (const place of [`node "${node.id}" (${node.type}): `, `node "${node.name}" (${node.type}): `, `node "${node.name}": `]) {
    if (text.startsWith(place)) text = text.slice(place.length);
  }
  if (isAtField && problem.field !== undefined) {
    for (const place of [`field "${problem.field}": `, `field "${problem.field}" `]) {
      if (text.startsWith(place)) text = text.slice(place.length);
    }
  }
  const sentence = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
