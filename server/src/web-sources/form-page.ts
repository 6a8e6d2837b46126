import { createHash } from 'node:crypto';
import type { FormField } from './parse-form-fields.ts';

export interface FormTexts {
  readonly title: string;
  readonly intro: string;
  readonly submitLabel: string;
  readonly thanks: string;
}

export interface FormPage {
  readonly texts: FormTexts;
  readonly fields: readonly FormField[];
  /** What was filled in, or the defaults. */
  readonly filled: ReadonlyMap<string, readonly string[]>;
  /** By field. */
  readonly errors: ReadonlyMap<string, string>;
  /** Something that no field is to blame for. */
  readonly notice: string | null;
  /** The same one again is the same report. */
  readonly token: string;
}

const style = `
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--text:#1b2330;--soft:#56606f;--line:#c3cad4;--accent:#0f62fe;--bad:#b3261e;--badground:#fdeceb}
@media(prefers-color-scheme:dark){:root{--ground:#12161c;--card:#1b212a;--text:#e8ecf2;--soft:#a9b3c1;--line:#465160;--accent:#78a9ff;--bad:#ff9d94;--badground:#3a1d1b}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:640px;margin:0 auto;padding:32px 16px 64px}form,.done{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:24px}
h1{font-size:26px;line-height:1.25;margin:0 0 8px}.intro{white-space:pre-line;color:var(--soft);margin:0 0 24px}
.field{margin:0 0 22px;border:0;padding:0;min-width:0}label,legend{display:block;font-weight:600;margin:0 0 4px;padding:0}.hint{color:var(--soft);margin:0 0 6px;font-size:14px}
input:not([type=checkbox]),textarea,select{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:4px;padding:9px 11px}
textarea{min-height:120px;resize:vertical}.box{display:flex;gap:10px;align-items:flex-start;font-weight:400;margin:0 0 6px}.box input{width:18px;height:18px;margin:3px 0 0;accent-color:var(--accent);flex:none}
[aria-invalid=true]{border-color:var(--bad)!important}.error{color:var(--bad);margin:6px 0 0;font-size:14px}.must{color:var(--soft);font-weight:400;font-size:14px}
.summary{border:1px solid var(--bad);background:var(--badground);border-radius:6px;padding:14px 16px;margin:0 0 24px}.summary h2{font-size:16px;margin:0 0 6px}.summary ul{margin:0;padding-left:20px}.summary a{color:inherit}
button{font:inherit;font-weight:600;color:#fff;background:#0f62fe;border:0;border-radius:4px;padding:11px 22px;cursor:pointer}button:hover{background:#0353e9}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}.ref{color:var(--soft);margin:16px 0 0;font-size:14px}code{font-family:ui-monospace,monospace}.thanks{white-space:pre-line}
`;

/** Nothing but the style of the page itself may be loaded, and nothing may frame it or take its form elsewhere. */
export const formPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

export function renderForm(page: FormPage): string {
  const { texts, fields, errors, notice } = page;
  const wrong = fields.filter(({ name }) => errors.has(name));
  const items = wrong.map(
    ({ name, label }) =>
      `<li><a href="#${name}">${escapeHtml(/[?!.:]$/.test(label) ? label : `${label}:`)} ${escapeHtml(errors.get(name) ?? '')}</a></li>`,
  );
  const summary =
    wrong.length === 0
      ? ''
      : `<div class="summary" role="alert" tabindex="-1"><h2>${wrong.length === 1 ? 'One answer needs another look' : `${wrong.length} answers need another look`}</h2><ul>${items.join('')}</ul></div>`;
  const said = notice === null ? '' : `<div class="summary" role="alert"><h2>${escapeHtml(notice)}</h2></div>`;
  const intro = texts.intro.trim() === '' ? '' : `<p class="intro">${escapeHtml(texts.intro)}</p>`;
  return renderPage(
    `${wrong.length > 0 ? 'Error: ' : ''}${texts.title}`,
    `<h1>${escapeHtml(texts.title)}</h1>${intro}${said}${summary}<form method="post" novalidate>` +
      `<input type="hidden" name="_token" value="${escapeHtml(page.token)}">${fields.map((field) => renderField(field, page)).join('')}` +
      `<button type="submit">${escapeHtml(texts.submitLabel)}</button></form>`,
  );
}

export function renderThanks(texts: FormTexts, reference: string): string {
  return renderPage(
    texts.title,
    `<div class="done" role="status"><h1>${escapeHtml(texts.title)}</h1><p class="thanks">${escapeHtml(texts.thanks)}</p>` +
      `<p class="ref">Reference: <code>${escapeHtml(reference)}</code></p></div>`,
  );
}

function renderPage(title: string, body: string): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`
  );
}

function renderField(field: FormField, { filled, errors }: FormPage): string {
  const { name, label, hint, kind, isRequired, choices } = field;
  const values = filled.get(name) ?? [];
  const error = errors.get(name);
  const hintText = hint === '' ? '' : `<p class="hint" id="${name}-hint">${escapeHtml(hint)}</p>`;
  const errorText = error === undefined ? '' : `<p class="error" id="${name}-error">${escapeHtml(error)}</p>`;
  const described = [hint === '' ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`].filter((id) => id !== '');
  const aria =
    (described.length === 0 ? '' : ` aria-describedby="${described.join(' ')}"`) +
    (error === undefined ? '' : ' aria-invalid="true"') +
    (isRequired ? ' aria-required="true"' : '');
  const mark = isRequired ? '' : ' <span class="must">(optional)</span>';
  if (kind === 'choices') {
    const boxes = choices.map(
      (choice, index) =>
        `<label class="box"><input type="checkbox" name="${name}"${index === 0 ? ` id="${name}"` : ''} value="${escapeHtml(choice.value)}"${values.includes(choice.value) ? ' checked' : ''}> ${escapeHtml(choice.label)}</label>`,
    );
    // A group carries the description; ARIA knows no required group.
    const group = described.length === 0 ? '' : ` aria-describedby="${described.join(' ')}"`;
    return `<fieldset class="field"${group}><legend>${escapeHtml(label)}${mark}</legend>${hintText}${boxes.join('')}${errorText}</fieldset>`;
  }
  if (kind === 'checkbox') {
    const isTicked = values.some((value) => value === 'on' || value === 'true');
    return `<div class="field"><label class="box"><input type="checkbox" id="${name}" name="${name}" value="on"${isTicked ? ' checked' : ''}${aria}> <span>${escapeHtml(label)}</span></label>${hintText}${errorText}</div>`;
  }
  return `<div class="field"><label for="${name}">${escapeHtml(label)}${mark}</label>${hintText}${renderInput(field, { aria, value: values[0] ?? '' })}${errorText}</div>`;
}

function renderInput(field: FormField, { aria, value }: { readonly aria: string; readonly value: string }): string {
  const { name, kind, choices, minimum, maximum, isWhole, maxLength } = field;
  if (kind === 'textarea') return `<textarea id="${name}" name="${name}" rows="5"${aria}>\n${escapeHtml(value)}</textarea>`;
  if (kind === 'choice') {
    const options = choices.map(
      (choice) =>
        `<option value="${escapeHtml(choice.value)}"${choice.value === value ? ' selected' : ''}>${escapeHtml(choice.label)}</option>`,
    );
    return `<select id="${name}" name="${name}"${aria}><option value="">Choose…</option>${options.join('')}</select>`;
  }
  const limits =
    (minimum === null ? '' : ` min="${minimum}"`) +
    (maximum === null ? '' : ` max="${maximum}"`) +
    (kind === 'number' && !isWhole ? ' step="any"' : '') +
    (maxLength === null ? '' : ` maxlength="${maxLength}"`);
  return `<input type="${kind}" id="${name}" name="${name}" value="${escapeHtml(value)}"${limits}${aria}>`;
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities.get(character) ?? character);
}
