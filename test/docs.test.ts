import { dirname, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasPath, readText, repositoryFiles } from './repository-files.ts';

for (const path of repositoryFiles.filter((name) => name.endsWith('.md'))) {
  describe(path, () => {
    const markdown = readText(path);

    test('has only relative links that lead somewhere', () => {
      expect(findLinks(withoutCode(markdown)).filter((link) => !resolves(path, link))).toEqual([]);
    });

    test('has only JSON that can be parsed', () => {
      expect(findFences(markdown, 'json').flatMap(describeJsonFault)).toEqual([]);
    });
  });
}

test('links, anchors and fences are found', () => {
  expect(findLinks('[a](b.md) ![c](d.png "title") [e](<f g.md>)\n[h]: i.md\n')).toEqual(['b.md', 'd.png', 'f g.md', 'i.md']);
  expect(withoutCode('a `[b](c)`\n```\n[d](e)\n```\nf')).toBe('a \n\nf');
  expect(findFences('```json\n{}\n```\n  ```json\n  [1]\n  ```\n```js\nx\n```', 'json')).toEqual(['{}\n', '  [1]\n']);
  expect(findAnchors('# A `b`: c, d!\n## A b c d\n')).toEqual(new Set(['a-b-c-d', 'a-b-c-d-1']));
});

function findLinks(markdown: string): string[] {
  const inline = markdown.matchAll(/\]\((?:<([^>]+)>|([^)\s]+))(?:\s+"[^"]*")?\)/g);
  const named = markdown.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm);
  return [...[...inline].map(([, bracketed, plain]) => bracketed ?? plain ?? ''), ...[...named].map(([, target = '']) => target)];
}

function resolves(path: string, link: string): boolean {
  if (/^[a-z][a-z+.-]*:/i.test(link)) return true;
  const [target = '', anchor] = decodeURIComponent(link).split('#', 2);
  const file = target === '' ? path : posix.join(dirname(path), target);
  if (!hasPath(file)) return false;
  return anchor === undefined || !file.endsWith('.md') || findAnchors(readText(file)).has(anchor);
}

/** The anchors that GitHub gives the headings of a page. */
function findAnchors(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of markdown.matchAll(/^#{1,6} +(.+?)\s*$/gm)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let repeat = 1; anchors.has(anchor); repeat += 1) anchor = `${slug}-${repeat}`;
    anchors.add(anchor);
  }
  return anchors;
}

function findFences(markdown: string, language: string): string[] {
  const fences = markdown.matchAll(/^([ ]*)```(\w*)[^\n]*\n([\s\S]*?)^\1```/gm);
  return [...fences].filter((match) => match[2] === language).map((match) => match[3] ?? '');
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^([ ]*)```[\s\S]*?^\1```/gm, '').replace(/`[^`\n]+`/g, '');
}

function describeJsonFault(text: string): string[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [`${String(error)} in:\n${text}`];
  }
}
