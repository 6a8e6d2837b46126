import { convert } from 'html-to-text';
import { marked } from 'marked';
import sanitize from 'sanitize-html';
import TurndownService from 'turndown';

/** What the platform shows of rich text, and nothing that could run or load something. */
const rules: sanitize.IOptions = {
  allowedTags: [
    ...['p', 'div', 'span', 'br', 'hr', 'b', 'strong', 'i', 'em', 'u', 's', 'del', 'sub', 'sup', 'ul', 'ol', 'li', 'a'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'title'], th: ['align'], td: ['align'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
};

const markdown = new TurndownService({ headingStyle: 'atx', bulletListMarker: '*', emDelimiter: '*', codeBlockStyle: 'fenced' });
markdown.addRule('struck out', { filter: ['s', 'del'], replacement: (content) => `~~${content}~~` });

/** HTML without scripts, styles, pictures, and links that are none of the web. */
export function toCleanHtml(html: string): string {
  return sanitize(html, rules);
}

export function toMarkdown(html: string): string {
  return markdown.turndown(toCleanHtml(html));
}

export function toRichText(text: string): string {
  return toCleanHtml(marked.parse(text, { async: false, gfm: true, breaks: true })).trim();
}

/** What a reader sees: paragraphs and lines, bullets of lists, and nothing of the markup. */
export function toPlainText(html: string): string {
  return convert(toCleanHtml(html), {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
      { selector: 'ul', options: { itemPrefix: '* ' } },
    ],
  }).trim();
}
