/** A node of JSONata's syntax tree. The library documents it loosely, so every child is looked at before it is trusted. */
export interface AstNode {
  type: string;
  value?: unknown;
  position?: number;
  steps?: unknown;
  stages?: unknown;
  predicate?: unknown;
  group?: unknown;
  lhs?: unknown;
  rhs?: unknown;
  expression?: unknown;
  expressions?: unknown;
  arguments?: unknown;
  procedure?: unknown;
  condition?: unknown;
  then?: unknown;
  else?: unknown;
  pattern?: unknown;
  keepArray?: unknown;
  keepSingletonArray?: unknown;
  focus?: unknown;
  index?: unknown;
  tuple?: unknown;
  ancestor?: unknown;
  seekingParent?: unknown;
}

export function isAstNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The nodes in a list child; empty when the child is no list. */
export function nodesOf(child: unknown): readonly AstNode[] {
  return Array.isArray(child) ? child.filter(isAstNode) : [];
}

/** Key and value of each pair of an object constructor or a grouping. */
export function pairsOf(child: unknown): readonly [AstNode, AstNode][] {
  if (!Array.isArray(child)) return [];
  const pairs: [AstNode, AstNode][] = [];
  for (const pair of child) {
    if (Array.isArray(pair) && isAstNode(pair[0]) && isAstNode(pair[1])) pairs.push([pair[0], pair[1]]);
  }
  return pairs;
}

/**
 * Visits every node below and including `root`, parents first. It follows every property that holds objects, so that a construct
 * that is not named anywhere here is still looked at.
 */
export function visitAst(root: unknown, visit: (node: AstNode, parent: AstNode | undefined, key: string) => void): void {
  const seen = new Set<object>();
  const walk = (value: unknown, parent: AstNode | undefined, key: string): void => {
    if (typeof value !== 'object' || value === null || value instanceof RegExp || seen.has(value)) return;
    seen.add(value);
    const node = isAstNode(value) ? value : undefined;
    if (node !== undefined) visit(node, parent, key);
    if (Array.isArray(value)) {
      for (const item of value) walk(item, parent, key);
      return;
    }
    for (const [childKey, child] of Object.entries(value)) walk(child, node ?? parent, node === undefined ? key : childKey);
  };
  walk(root, undefined, '');
}
