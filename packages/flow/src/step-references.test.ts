import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { applyChange } from './apply-change.ts';
import { parseFlowValue } from './parse-flow.ts';
import { renameSteps } from './step-references.ts';

const rename = (value: unknown, before = 'Set', after = 'Look up') => renameSteps(value, new Map([[before, after]]));
const renameExpression = (text: string) => rename({ $expr: text });

test.each([
  ['$steps.Set', '$steps.`Look up`'],
  ['$steps.Set.a + $steps . Set[0]', '$steps.`Look up`.a + $steps . `Look up`[0]'],
  ['$steps.`Set`', '$steps.`Look up`'],
  ['$steps."Set".x', '$steps.`Look up`.x'],
  ["$steps.'S\\u0065t'.x", '$steps.`Look up`.x'],
  ['$steps./* which */Set', '$steps./* which */`Look up`'],
  ['{"a": $steps.Set}', '{"a": $steps.`Look up`}'],
  ['$match(a, /[/]$steps.Set/) and $steps.Set', '$match(a, /[/]$steps.Set/) and $steps.`Look up`'],
  ['a/$steps.Set/2', 'a/$steps.`Look up`/2'],
  ['*/$steps.Set/2', '*/$steps.`Look up`/2'],
])('[R1] %s becomes %s', (text, renamed) => {
  expect(renameExpression(text)).toEqual({ $expr: renamed });
});

test.each([
  '$steps.Sets',
  '$steps.Set2',
  '$steps.Other.Set',
  '$steps.Other.steps.Set',
  '$step.Set',
  '$$steps.Set',
  'steps.Set',
  'Set',
  '"$steps.Set"',
  "'$steps.Set'",
  '`$steps.Set`',
  '/* $steps.Set */ 1',
  '$steps',
  '$steps.',
  '$steps[0].Set',
  '$steps.(Set)',
])('[R1] %s stays', (text) => {
  const config = { $expr: text };
  expect(rename(config)).toBe(config);
});

test('[R1] templates, lists and objects are searched, literals and scripts are not', () => {
  const config = {
    text: { $template: 'a {{ $steps.Set }} $steps.Set {{ {"a": {"b": $steps.Set}}}} {{ "}}" & $steps.Set }}' },
    list: [{ when: { $expr: '$steps.Set' } }, { when: true }],
    source: 'return $steps.Set;',
    literal: { $expr: '$steps.Set', more: 1 },
    secret: { $secret: '$steps.Set' },
  };
  expect(rename(config)).toEqual({
    text: { $template: 'a {{ $steps.`Look up` }} $steps.Set {{ {"a": {"b": $steps.`Look up`}}}} {{ "}}" & $steps.`Look up` }}' },
    list: [{ when: { $expr: '$steps.`Look up`' } }, { when: true }],
    source: 'return $steps.Set;',
    literal: { $expr: '$steps.Set', more: 1 },
    secret: { $secret: '$steps.Set' },
  });
});

test('[R1] a rename reaches the expressions of all nodes, and parts that do not change stay the same objects', () => {
  const node = (id: string, name: string, config: object) => ({ id, type: 'core.set', typeVersion: 1, name, config });
  const flow = parseFlowValue({
    format: 1,
    id: 'f',
    name: 'F',
    nodes: [
      node('a', 'Set', { self: { $expr: '$steps.Set' } }),
      node('b', 'B', { x: { $expr: '$steps.Set' }, y: [1] }),
      node('c', 'C', {}),
    ],
    wires: [],
  });
  const after = applyChange(flow, { kind: 'node-renamed', nodeId: 'a', name: 'Set_2' });
  expect(after.nodes.map(({ name, config }) => [name, config])).toEqual([
    ['Set_2', { self: { $expr: '$steps.Set_2' } }],
    ['B', { x: { $expr: '$steps.Set_2' }, y: [1] }],
    ['C', {}],
  ]);
  expect(after.nodes[1]?.config.y).toBe(flow.nodes[1]?.config.y);
  expect(after.nodes[2]).toBe(flow.nodes[2]);
});

test('names that are swapped are swapped at once', () => {
  const swapped = renameSteps(
    { $expr: '$steps.a + $steps.b' },
    new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  );
  expect(swapped).toEqual({ $expr: '$steps.b + $steps.a' });
});

test.each([
  ['Set_2', '$steps.Set_2'],
  ['2 x', '$steps.`2 x`'],
  ['and', '$steps.`and`'],
  ['true', '$steps.`true`'],
  ['Größe', '$steps.`Größe`'],
  ['a`b"c', '$steps."a`b\\"c"'],
])('[R2] a reference to %s is written %s', (name, text) => {
  expect(rename({ $expr: '$steps.Set' }, 'Set', name)).toEqual({ $expr: text });
});

test('[R3] what stands behind the place where an expression stops being one stays, and other parts of a template do not', () => {
  expect(renameExpression('$steps.Set & "open $steps.Set')).toEqual({ $expr: '$steps.`Look up` & "open $steps.Set' });
  expect(rename({ $template: '{{ "open }} {{ $steps.Set }}' })).toEqual({ $template: '{{ "open }} {{ $steps.`Look up` }}' });
  expect(rename({ $template: '{{ $steps.Set' })).toEqual({ $template: '{{ $steps.`Look up`' });
});

const reference = fc.constantFrom(
  '$steps.Set',
  '$steps . `Set`',
  '$steps."Set".x',
  '$steps/* c */.Set[0]',
  '$steps.Other',
  "$steps.'it\\'s'",
);
const literal = fc.constantFrom(
  'x',
  '*',
  '**',
  '%',
  '$',
  '1',
  '2.5e3',
  'true',
  '"$steps.Set"',
  '`$steps.Set`',
  'and',
  'Set',
  '/* $steps.Set */ x',
  '/[/$steps.Set]\\//i',
);
const operator = fc.constantFrom(
  '.',
  '/',
  ' / ',
  '*',
  '%',
  '-',
  '+',
  '&',
  ' and ',
  ' in ',
  '=',
  '!=',
  '~>',
  '??',
  '?:',
  '^(x)/',
  '@$v.',
  '#$i.',
);
const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
  expression: fc
    .tuple(tie('operand'), fc.array(fc.tuple(operator, tie('operand')), { maxLength: 3 }))
    .map(([first, rest]) => first + rest.flat().join('')),
  operand: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'operand' },
    reference,
    literal,
    tie('expression').map((inner) => `(${inner})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a},${b}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `x[${a}].{"a": ${b}}`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `$map(${a}, function($x, $y) { ${b} })`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `($v := ${a}; ${b})`),
  ),
}));

/** Names under `$steps` in the syntax tree of JSONata itself, or undefined for what is no expression. */
function findNames(text: string): string[] | undefined {
  try {
    return collectNames(jsonata(text).ast());
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) return undefined;
    // JSONata hands some faulty expressions to itself and stumbles.
    if (thrown instanceof TypeError || thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

function collectNames(tree: unknown, seen = new Set<unknown>()): string[] {
  if (typeof tree !== 'object' || tree === null || seen.has(tree)) return [];
  seen.add(tree);
  const steps: unknown = 'steps' in tree ? tree.steps : undefined;
  const found: string[] = [];
  if (Array.isArray(steps)) {
    for (const [index, step] of steps.entries()) {
      const before: unknown = steps[index - 1];
      if (isNode(before, 'variable', 'steps') && isNode(step, 'name') && !('stages' in before) && !('predicate' in before)) {
        found.push(String(step.value));
      }
    }
  }
  return [...found, ...Object.values(tree).flatMap((inner) => collectNames(inner, seen))];
}

function isNode(value: unknown, type: string, content?: string): value is { type: string; value: unknown } {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('value' in value)) return false;
  return value.type === type && (content === undefined || value.value === content);
}

test('[R3] JSONata finds the new name in every place in which it found the old one', () => {
  let compared = 0;
  fc.assert(
    fc.property(expression, fc.constantFrom('Other', 'Look up', 'a`b'), (text, name) => {
      const names = findNames(text);
      if (names === undefined) return;
      if (names.includes('Set')) compared += 1;
      const renamed = rename({ $expr: text }, 'Set', name);
      expect(findNames(textOf(renamed))).toEqual(names.map((found) => (found === 'Set' ? name : found)));
      // In a template the expression has to end where JSONata ends it.
      const inTemplate = rename({ $template: `{{${text}}} $steps.Set {{ $steps.Set }}` }, 'Set', 'New');
      expect(textOf(inTemplate)).toBe(`{{${textOf(rename({ $expr: text }, 'Set', 'New'))}}} $steps.Set {{ $steps.New }}`);
    }),
    { numRuns: 6000 },
  );
  expect(compared).toBeGreaterThan(100);
});

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? String(Object.values(value)[0]) : '';
}
