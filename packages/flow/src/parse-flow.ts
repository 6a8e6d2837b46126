import { isJsonObject, WirebookError } from '@wirebook/errors';
import { validateFlow } from '../generated/validate-flow.js';
import { type FlowProblem, toFlowError } from './flow-problem.ts';
import type { FlowDocument } from './flow-schema.ts';
import { findForbiddenKeys } from './forbidden-keys.ts';
import { findJsonSyntaxError } from './json-syntax.ts';
import { toSchemaProblem } from './schema-problem.ts';

/** The document format that this Wirebook reads and writes. */
const presentFormat = 1;

/**
 * Reads the text of a flow file; every default is filled in.
 *
 * @throws FLOW_JSON_INVALID with line and column; else an error with the code of the first problem and the texts of all:
 * FLOW_FORMAT_UNSUPPORTED, FLOW_DOCUMENT_INVALID, FLOW_NODE_DUPLICATE.
 */
export function parseFlow(text: string): FlowDocument {
  return readDocument(parseJson(text));
}

/** Like {@link parseFlow}, of a value that was JSON; the value itself is not changed. */
export function parseFlowValue(value: unknown): FlowDocument {
  return readDocument(structuredClone(value));
}

/** All that keeps a value from being a flow document; the value is not changed. What the nodes' types ask for is {@link lintFlow}'s. */
export function checkFlowDocument(value: unknown): FlowProblem[] {
  return readProblems(structuredClone(value)).problems;
}

function parseJson(text: string): unknown {
  // Editors on Windows begin a file with it; JSON.parse does not take it.
  const withoutMark = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return JSON.parse(withoutMark);
  } catch (thrown) {
    const place = findJsonSyntaxError(withoutMark);
    const message = place === undefined ? String(thrown) : `line ${place.line}, column ${place.column}: ${place.reason}`;
    throw new WirebookError(
      'FLOW_JSON_INVALID',
      message,
      thrown,
      place === undefined ? undefined : { line: place.line, column: place.column },
    );
  }
}

function readDocument(value: unknown): FlowDocument {
  const { document, problems } = readProblems(value);
  if (document === undefined) throw toFlowError(problems);
  return document;
}

interface Reading {
  /** Undefined when there are problems. */
  readonly document: FlowDocument | undefined;
  readonly problems: FlowProblem[];
}

/** Fills in defaults in place. */
function readProblems(value: unknown): Reading {
  const forbidden = findForbiddenKeys(value);
  if (forbidden.length > 0)
    return { document: undefined, problems: forbidden.map((message) => problemOf('FLOW_DOCUMENT_INVALID', message)) };
  if (!isJsonObject(value)) {
    return {
      document: undefined,
      problems: [problemOf('FLOW_DOCUMENT_INVALID', 'a flow is a JSON object with "format", "id", "name", "nodes", "wires"')],
    };
  }
  const { format } = value;
  if (typeof format === 'number' && format > presentFormat) {
    const message = `the flow has format ${format}, this Wirebook reads formats up to ${presentFormat}`;
    return { document: undefined, problems: [problemOf('FLOW_FORMAT_UNSUPPORTED', message)] };
  }
  if (!isFlowDocument(value)) {
    return { document: undefined, problems: (validateFlow.errors ?? []).map((error) => toSchemaProblem(error, value)) };
  }
  const problems = findDuplicates(value);
  return { document: problems.length === 0 ? value : undefined, problems };
}

function isFlowDocument(value: unknown): value is FlowDocument {
  return validateFlow(value);
}

function findDuplicates({ nodes }: FlowDocument): FlowProblem[] {
  const problems: FlowProblem[] = [];
  const ids = new Set<string>();
  const idOfName = new Map<string, string>();
  for (const { id, name } of nodes) {
    if (ids.has(id)) problems.push({ ...problemOf('FLOW_NODE_DUPLICATE', `node "${id}": another node has the same id`), nodeId: id });
    ids.add(id);
    const other = idOfName.get(name);
    if (other !== undefined) {
      const message = `node "${id}": its name "${name}" is also that of node "${other}"; expressions find nodes by name`;
      problems.push({ ...problemOf('FLOW_NODE_DUPLICATE', message), nodeId: id });
    }
    idOfName.set(name, id);
  }
  return problems;
}

function problemOf(code: FlowProblem['code'], message: string): FlowProblem {
  return { code, severity: 'error', message };
}
