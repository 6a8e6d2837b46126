import { expect, test } from 'vitest';
import { hasPath, isTestFile, readText, repositoryFiles, workspaceFolders } from './repository-files.ts';

/**
 * Which packages of ours a package may name under "dependencies"; the table of ARCHITECTURE.md. A package without a row here
 * fails. Every package may name testkit under "devDependencies".
 */
const allowedDependencies: Record<string, readonly string[]> = {
  errors: [],
  soar: ['errors'],
  flow: ['errors'],
  'node-kit': ['errors', 'flow', 'soar'],
  trace: ['errors', 'flow', 'soar'],
  api: ['errors', 'flow', 'node-kit', 'trace'],
  engine: ['errors', 'flow', 'soar', 'node-kit', 'trace'],
  store: ['errors', 'node-kit', 'trace', 'engine'],
  'soar-client': ['errors', 'soar', 'node-kit'],
  simulator: ['errors', 'soar'],
  'package-kit': ['errors', 'flow', 'node-kit', 'soar'],
  testkit: ['errors', 'flow', 'node-kit', 'soar'],
  'nodes-core': ['errors', 'node-kit', 'soar'],
  'nodes-soar': ['errors', 'node-kit', 'soar'],
  'nodes-web': ['errors', 'node-kit', 'soar'],
  'nodes-script': ['errors', 'node-kit', 'soar'],
  editor: ['errors', 'flow', 'node-kit', 'trace', 'api'],
  server: [
    'errors',
    'api',
    'soar',
    'flow',
    'node-kit',
    'trace',
    'engine',
    'store',
    'soar-client',
    'simulator',
    'package-kit',
    'nodes-core',
    'nodes-soar',
    'nodes-web',
    'nodes-script',
  ],
  integration: [
    'errors',
    'soar',
    'flow',
    'node-kit',
    'trace',
    'engine',
    'store',
    'soar-client',
    'simulator',
    'package-kit',
    'server',
    'nodes-core',
    'nodes-soar',
    'nodes-web',
    'nodes-script',
    'testkit',
  ],
  e2e: [],
  bench: ['errors', 'soar', 'flow', 'node-kit', 'trace', 'engine', 'store', 'soar-client', 'simulator', 'server', 'integration'],
};

/** Folders whose tsconfig.json builds a part that needs none of their dependencies, and what sees to the rest. */
const builtInPart: Record<string, string> = {
  integration: 'Built is what bench runs: src/activemq, src/chaos and what they need; tsconfig.tests.json checks the scenarios.',
};

/** No global of Node is in reach of these: they run in the browser too. */
const browserSafe = ['errors', 'flow', 'soar', 'trace', 'node-kit', 'api'];

interface Workspace {
  readonly folder: string;
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

const workspaces = workspaceFolders.map(readWorkspace);

test('every package has a row in the table of arrows, and every row a package', () => {
  expect(workspaces.map(({ name }) => name).sort()).toEqual(Object.keys(allowedDependencies).sort());
});

test('a package.json names only packages that the table of arrows allows', () => {
  const crossings = workspaces.flatMap(({ folder, name, dependencies, devDependencies }) => {
    const allowed = allowedDependencies[name] ?? [];
    const refused = dependencies.filter((dependency) => !allowed.includes(dependency));
    const refusedInTests = devDependencies.filter((dependency) => dependency !== 'testkit' && !allowed.includes(dependency));
    return [...refused, ...refusedInTests].map((dependency) => `${folder}/package.json must not name @wirebook/${dependency}`);
  });
  expect(crossings).toEqual([]);
});

test('the table of arrows has no way from the simulator to the client, nor back, nor a circle', () => {
  expect(reachableFrom('simulator')).not.toContain('soar-client');
  expect(reachableFrom('soar-client')).not.toContain('simulator');
  expect(Object.keys(allowedDependencies).filter((name) => reachableFrom(name).has(name))).toEqual([]);
});

test('a module imports only packages that its package.json declares; outside tests, under dependencies', () => {
  const undeclared = workspaces.flatMap(({ folder, name, dependencies, devDependencies }) =>
    repositoryFiles
      .filter((path) => path.startsWith(`${folder}/`) && /\.(ts|tsx|js)$/.test(path))
      .flatMap((path) => {
        // All of integration is test code.
        const declared = isTestFile(path) || folder === 'integration' ? [...dependencies, ...devDependencies] : dependencies;
        return [...importedPackages(readText(path))]
          .filter((imported) => imported !== name && !declared.includes(imported))
          .map((imported) => `${path} imports @wirebook/${imported}`);
      }),
  );
  expect(undeclared).toEqual([]);
});

test('browser-safe packages and all descriptors are compiled without the types of Node', () => {
  const configs = workspaces.flatMap(({ folder, name }) => {
    if (name.startsWith('nodes-')) return [`${folder}/tsconfig.descriptors.json`];
    return browserSafe.includes(name) ? [`${folder}/tsconfig.json`] : [];
  });
  expect(configs.filter((path) => parseTsconfig(path).extends !== '../../tsconfig.browser-safe.json')).toEqual([]);
});

test('the compiler is told of every package, and of each one’s dependencies', () => {
  const compiled = workspaces.filter(({ folder }) => hasPath(`${folder}/tsconfig.json`));
  const rootReferences = parseTsconfig('tsconfig.json').references.map((reference) => reference.path.slice('./'.length));
  expect(rootReferences.sort()).toEqual(compiled.map(({ folder }) => folder).sort());

  const whole = compiled.filter(({ folder }) => !(folder in builtInPart));
  const forgotten = whole.flatMap(({ folder, dependencies }) => {
    const up = folder.split('/').map(() => '..');
    const references = parseTsconfig(`${folder}/tsconfig.json`).references.map((reference) => reference.path);
    return dependencies
      .map((dependency) => [...up, folderOf(dependency)].join('/'))
      .filter((path) => !references.includes(path))
      .map((path) => `${folder}/tsconfig.json must reference ${path}`);
  });
  expect(forgotten).toEqual([]);
});

function readWorkspace(folder: string): Workspace {
  const manifest: unknown = JSON.parse(readText(`${folder}/package.json`));
  const ours = (list: unknown) =>
    Object.keys(list instanceof Object ? list : {})
      .filter((name) => name.startsWith('@wirebook/'))
      .map(shortName);
  const { name, dependencies, devDependencies } = manifest as Record<string, unknown>;
  return { folder, name: shortName(String(name)), dependencies: ours(dependencies), devDependencies: ours(devDependencies) };
}

function shortName(packageName: string): string {
  return packageName.slice('@wirebook/'.length);
}

function folderOf(name: string): string {
  return workspaces.find((workspace) => workspace.name === name)?.folder ?? `(no package ${name})`;
}

function reachableFrom(name: string): Set<string> {
  const reached = new Set<string>();
  const visit = (from: string) => {
    for (const next of allowedDependencies[from] ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      visit(next);
    }
  };
  visit(name);
  return reached;
}

function importedPackages(source: string): Set<string> {
  const imports = source.matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*['"]@wirebook\/([^/'"]+)/g);
  return new Set([...imports].map((match) => match[1] ?? ''));
}

function parseTsconfig(path: string): { extends?: string; references: { path: string }[] } {
  return { references: [], ...JSON.parse(readText(path)) };
}
