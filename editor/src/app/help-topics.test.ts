import { expect, test } from 'vitest';
import { helpPages, helpTopics, toHeadId, toHelpAddress } from './help-topics.ts';

const texts = import.meta.glob<string>('../../../docs/*.md', { query: '?raw', import: 'default', eager: true });
const pages = new Map(Object.entries(texts).map(([path, text]) => [path.replace(/^.*\/|\.md$/g, ''), text]));
const headsOf = (page: string) => [...(pages.get(page) ?? '').matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => toHeadId(text));

test('[A5] every page of the documents is in the help, and every empty place leads to a head that there is', () => {
  expect([...pages.keys()].sort()).toEqual(Object.keys(helpPages).sort());
  for (const { page, head } of Object.values(helpTopics)) {
    if (head !== '') expect(headsOf(page)).toContain(head);
  }
});

test('[A5] links of the documents lead within the help; those to other files are only text', () => {
  expect(toHelpAddress('flows.md#values', 'editor')).toBe('/help/flows#values');
  expect(toHelpAddress('#the-inspector', 'editor')).toBe('/help/editor#the-inspector');
  expect(toHelpAddress('../packages/errors/CODES.md', 'running')).toBe(null);
  expect(toHelpAddress('https://example.org/', 'running')).toBe('https://example.org/');
  expect(toHeadId("The editor's server")).toBe('the-editors-server');
});
