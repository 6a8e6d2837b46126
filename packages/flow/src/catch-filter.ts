import { type ErrorCode, getErrorEntry, isErrorCode } from '@wirebook/errors';

/** Which errors a catch node takes, as its config says. */
export interface CatchFilter {
  /** all: of every node; nodes: of those named; uncaught: of every node, but only what no other catch node takes. */
  readonly scope: 'all' | 'nodes' | 'uncaught';
  readonly nodeNames: ReadonlySet<string>;
  /** Classes of errors; empty means every class. */
  readonly blames: ReadonlySet<string>;
  /** Codes of errors; empty means every code. */
  readonly codes: ReadonlySet<string>;
}

/** Reads the config of a node that catches. Without a scope it is `nodes` where names are given, as flows were written at first. */
export function readCatchFilter(config: Readonly<Record<string, unknown>>): CatchFilter {
  const nodeNames = readTexts(config, 'nodes');
  const scope = Object.hasOwn(config, 'scope') ? config.scope : undefined;
  return {
    scope: scope === 'all' || scope === 'nodes' || scope === 'uncaught' ? scope : nodeNames.size > 0 ? 'nodes' : 'all',
    nodeNames,
    blames: readTexts(config, 'blame'),
    codes: readTexts(config, 'codes'),
  };
}

/** True when the catch node takes this error of this node. */
export function isCaught(filter: CatchFilter, error: { readonly code: ErrorCode }, nodeName: string): boolean {
  if (filter.scope === 'nodes' && !filter.nodeNames.has(nodeName)) return false;
  if (filter.blames.size > 0 && !filter.blames.has(getErrorEntry(error.code).blame)) return false;
  return filter.codes.size === 0 || filter.codes.has(error.code);
}

/** The order in which catch nodes are asked: below 0 when the first is the more specific one. Named nodes count most, then codes, then classes. */
export function compareCatchFilters(a: CatchFilter, b: CatchFilter): number {
  return rankOf(a) - rankOf(b);
}

function rankOf({ scope, blames, codes }: CatchFilter): number {
  const breadth = { nodes: 0, all: 10, uncaught: 20 }[scope];
  return breadth + (codes.size > 0 ? 0 : 2) + (blames.size > 0 ? 0 : 1);
}

/** Why no error at all passes class and codes together; undefined when some does. */
export function findContradiction({ blames, codes }: CatchFilter): string | undefined {
  if (codes.size === 0 || blames.size === 0) return undefined;
  const passes = [...codes].some((code) => isErrorCode(code) && blames.has(getErrorEntry(code).blame));
  return passes ? undefined : `none of its codes is of the class ${[...blames].join(' or ')}`;
}

function readTexts(config: Readonly<Record<string, unknown>>, key: string): ReadonlySet<string> {
  const list = Object.hasOwn(config, key) ? config[key] : undefined;
  return new Set(Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []);
}
