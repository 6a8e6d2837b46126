// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeFiles } from './node-template.js';
import { rootFolder, toolPath } from './repository.js';
import { runProgram } from './run-program.js';

/** @type {Record<string, string>} */
const categoryOfPackage = { core: 'logic', soar: 'platform', web: 'web', script: 'scripts', feed: 'feed' };

process.exitCode = await main(process.argv.slice(2));

async function main(/** @type {string[]} */ args) {
  const [type = ''] = args;
  const [, packageName, kind] = /^([a-z][a-z0-9]*)\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(type) ?? [];
  if (packageName === undefined || kind === undefined || args.length !== 1) {
    console.error(`Usage: npm run new:node PACKAGE.KIND, for example core.rate-limit${type === '' ? '' : `; got "${args.join(' ')}"`}.`);
    return 2;
  }
  if (!existsSync(toolPath('biome'))) {
    console.error('The dependencies are not installed yet: npm run bootstrap.');
    return 1;
  }
  const source = join(rootFolder, 'nodes', packageName, 'src');
  if (!existsSync(source)) {
    console.error(`There is no package nodes/${packageName}.`);
    return 2;
  }
  const folder = join(source, kind);
  if (existsSync(folder)) {
    console.error(`nodes/${packageName}/src/${kind} is there already.`);
    return 2;
  }
  const node = describeNode(packageName, kind);
  const texts = Object.entries(nodeFiles(node)).map(([name, text]) => ({ path: join(folder, name), text }));
  const doors = ['descriptors.ts', 'runtime.ts'].map((name) => {
    const path = join(source, name);
    return { path, text: withNode(readFileSync(path, 'utf8'), { node, door: name, path }) };
  });
  for (const { path, text } of [...texts, ...doors]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const code = await runProgram(toolPath('biome'), ['check', '--write', '--log-level=warn', join('nodes', packageName, 'src')]);
  if (code !== 0) return code;
  const place = `nodes/${packageName}/src/${kind}`;
  console.log(`${type} is in ${place}. Next: edit descriptor.ts, then npm test -- --only unit ${place}`);
  return 0;
}

/** @returns {import('./node-template.js').NewNode} */
function describeNode(/** @type {string} */ packageName, /** @type {string} */ kind) {
  const words = kind.split('-');
  const capital = (/** @type {string} */ word) => word.charAt(0).toUpperCase() + word.slice(1);
  const camel = words.map(capital).join('');
  return {
    packageName,
    kind,
    type: `${packageName}.${kind}`,
    name: `${packageName}${camel}`,
    executeName: `execute${camel}`,
    label: capital(words.join(' ')),
    category: categoryOfPackage[packageName] ?? 'logic',
  };
}

/**
 * A door of a node package with one more node: imports on top (Biome sorts them), its name among the exports, and the last entry in
 * the list.
 *
 * @param {string} text
 * @param {{ node: import('./node-template.js').NewNode, door: string, path: string }} place
 */
function withNode(text, { node, door, path }) {
  const isRuntime = door === 'runtime.ts';
  const imports = [`import { ${node.name} } from './${node.kind}/descriptor.ts';`];
  if (isRuntime) imports.push(`import { ${node.executeName} } from './${node.kind}/execute.ts';`);
  const entry = isRuntime ? `defineNode(${node.name}, ${node.executeName})` : node.name;
  const list = /(export const \w+[^=]*= \[)([^\]]*)(\])/.exec(text);
  if (list === null) throw new Error(`${path}: no exported list of nodes, as in "export const nodes: readonly NodeRuntime[] = [".`);
  const [whole, head = '', entries = '', tail = ''] = list;
  const more = entries.trim() === '' ? entry : `${entries.trim().replace(/,$/, '')}, ${entry}`;
  const listed = text.replace(whole, () => `${head}${more}${tail}`);
  return `${imports.join('\n')}\n${listed.replace(/^export \{([^}]*)\};$/m, (_, names) => `export {${names.trimEnd().replace(/,$/, '')}, ${node.name} };`)}`;
}
