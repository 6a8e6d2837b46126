import { dropHandlers } from './drop-handlers.ts';

/** Rich text that may be drawn, in a frame without scripts. */
export interface SafeRichText {
  readonly html: string;
  /** Something was left out: scripts, pictures, forms. */
  readonly isReduced: boolean;
  /** For an estimate of its height: the text of each paragraph. */
  readonly paragraphs: readonly string[];
}

const tags = [
  'a',
  'b',
  'blockquote',
  'br',
  'code',
  'div',
  'em',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'i',
  'li',
  'ol',
  'p',
  'pre',
  's',
  'span',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'u',
  'ul',
];

/** Keeps words and their form. Addresses of links are written out: nothing in the frame leads anywhere or loads anything. */
export async function sanitiseRichText(html: string): Promise<SafeRichText> {
  const { default: createPurifier } = await import('dompurify');
  // An instance of its own, so that its hook is nobody else's.
  const purifier = createPurifier(window);
  purifier.addHook('beforeSanitizeAttributes', (element) => {
    const address = element.tagName === 'A' ? element.getAttribute('href') : null;
    if (address !== null && address !== element.textContent) element.append(` (${address})`);
  });
  const clean = purifier.sanitize(dropHandlers(html), { ALLOWED_TAGS: tags, ALLOWED_ATTR: ['colspan', 'rowspan'], ALLOW_DATA_ATTR: false });
  const isReduced = purifier.removed.some(isLeftOut);
  // An inert document: nothing in it runs or loads.
  const { body } = new DOMParser().parseFromString(clean, 'text/html');
  const blocks = body.querySelectorAll('p, div, li, tr, h1, h2, h3, h4, h5, h6, pre, blockquote');
  const own = blocks.length === 0 ? [body] : [...blocks];
  const breaks = Array.from(body.querySelectorAll('br'), () => '');
  return { html: clean, isReduced, paragraphs: [...own.map((block) => block.textContent ?? ''), ...breaks] };
}

/** Attributes are no loss to a reader, and the page that the text was read into is none of its elements. */
export function isLeftOut(removed: object): boolean {
  return 'element' in removed && removed.element instanceof Node && removed.element.nodeName !== 'BODY';
}
