import { describe, expect, test } from 'vitest';
import { hasPath, readText, workspaceFolders } from './repository-files.ts';
import { findAllRuleUses, findTitleRules, ownerOf } from './rule-uses.ts';

const uses = findAllRuleUses();

for (const folder of workspaceFolders.filter((path) => hasPath(`${path}/SPEC.md`))) {
  const owner = ownerOf(folder);
  const ids = findRuleIds(readText(`${folder}/SPEC.md`));

  describe(`${folder}/SPEC.md`, () => {
    test('has numbered rules, and no number twice', () => {
      expect(ids).not.toEqual([]);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    });

    test('has a test for every rule', () => {
      const tested = new Set(uses.filter((use) => use.owner === owner).map(({ id }) => id));
      expect(ids.filter((id) => !tested.has(id))).toEqual([]);
    });
  });
}

test('every rule that a test’s title names is in the SPEC.md of its package', () => {
  const known = new Map(
    workspaceFolders
      .filter((folder) => hasPath(`${folder}/SPEC.md`))
      .map((folder) => [ownerOf(folder), new Set(findRuleIds(readText(`${folder}/SPEC.md`)))]),
  );
  const unknown = uses
    .filter(({ owner, id }) => !known.get(owner)?.has(id))
    .map(({ path, owner, id }) => `${path}: [${id}] is not in the SPEC.md of ${owner}`);
  expect(unknown).toEqual([]);
});

test('rules are found in a specification, and in titles with and without the name of a package', () => {
  expect(findRuleIds('# Spec\n\n- **S1** one\n- **S12b** two\n- not **S3** a rule\n  - **S4** nested\n')).toEqual(['S1', 'S12b', 'S4']);
  expect(findTitleRules(`test('[S1] a'); test.each(rows)("[S2, S3] b"); test(\`[engine E4] c\`); it('[S5][S6] d'); x['[S7'] `)).toEqual([
    { owner: undefined, id: 'S1' },
    { owner: undefined, id: 'S2' },
    { owner: undefined, id: 'S3' },
    { owner: 'engine', id: 'E4' },
    { owner: undefined, id: 'S5' },
    { owner: undefined, id: 'S6' },
  ]);
});

/** The ids of the lines and table rows that begin with `- **X1** ` or `| **X1** `. */
function findRuleIds(markdown: string): string[] {
  return [...markdown.matchAll(/^\s*(?:-|\|) \*\*([A-Z]+\d+[a-z]?)\*\* /gm)].map((match) => match[1] ?? '');
}
