import { isTestFile, readText, repositoryFiles, workspaceFolders } from './repository-files.ts';

export interface RuleUse {
  readonly path: string;
  /** The short name of the package whose SPEC.md holds the rule. */
  readonly owner: string;
  readonly id: string;
}

/** The rules that titles of tests name. */
export function findAllRuleUses(): readonly RuleUse[] {
  return repositoryFiles.filter(isTestFile).flatMap(findRuleUses);
}

function findRuleUses(path: string): RuleUse[] {
  const folder = workspaceFolders.find((candidate) => path.startsWith(`${candidate}/`));
  if (folder === undefined) return [];
  return findTitleRules(readText(path)).map(({ owner, id }) => ({ path, owner: owner ?? ownerOf(folder), id }));
}

/** What stands in brackets at the head of a string: [S1], [S1, S2], [S1][S2], or with the package, [engine E3]. */
export function findTitleRules(source: string): { owner: string | undefined; id: string }[] {
  const heads = source.matchAll(/['"`]((?:\[(?:[a-z][a-z-]* )?[A-Z]+\d+[a-z]?(?:, ?[A-Z]+\d+[a-z]?)*\] ?)+)/g);
  return [...heads].flatMap(([, head = '']) =>
    [...head.matchAll(/\[(?:([a-z][a-z-]*) )?([^\]]+)\]/g)].flatMap(([, owner, list = '']) =>
      list.split(/, ?/).map((id) => ({ owner, id })),
    ),
  );
}

/** How tests elsewhere name the package: engine for packages/engine, nodes-soar for nodes/soar. */
export function ownerOf(folder: string): string {
  return folder.replace(/^packages\//, '').replaceAll('/', '-');
}
