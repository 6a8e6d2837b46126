import type { FlowNode, FlowProblem } from '@wirebook/flow';
import { parseFieldText } from './field-path.ts';
import { describeAtField } from './problem-text.ts';

/** Texts by field, in the shape in which the form takes them. */
export interface FieldErrors {
  __errors?: string[];
  [key: string]: FieldErrors | string[] | undefined;
}

/** The problems of a node at the fields that they belong to; those of no field are shown in the head of the node. */
export function toExtraErrors(problems: readonly FlowProblem[], node: FlowNode): FieldErrors {
  const errors: FieldErrors = {};
  for (const problem of problems) {
    if (problem.nodeId !== node.id || problem.field === undefined || problem.field === '') continue;
    let place = errors;
    for (const key of parseFieldText(problem.field, node.config)) place = enter(place, String(key));
    place.__errors = [...(place.__errors ?? []), describeAtField(problem, node)];
  }
  return errors;
}

function enter(place: FieldErrors, key: string): FieldErrors {
  const found = Object.hasOwn(place, key) ? place[key] : undefined;
  if (found !== undefined && !Array.isArray(found)) return found;
  const made: FieldErrors = {};
  // A config may have a key called __proto__, which must not become one here.
  Object.defineProperty(place, key, { value: made, enumerable: true, configurable: true, writable: true });
  return made;
}

/** All texts at a field and below it: a leaf of the form shows what is wrong anywhere inside its value. */
export function collectErrors(errors: unknown): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, inner]: [string, unknown]) => {
    if (key !== '__errors') return collectErrors(inner);
    return Array.isArray(inner) ? inner.filter((text) => typeof text === 'string') : [];
  });
}
