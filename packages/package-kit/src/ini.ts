import { WirebookError } from '@wirebook/errors';

export interface IniOption {
  readonly name: string;
  readonly value: string;
  /** 1 for the first line of the file. */
  readonly line: number;
  /** For people: what was made of a second line of it. */
  readonly note?: string;
}

export interface IniSection {
  readonly name: string;
  /** Those of [DEFAULT] first, then the section's own; names are in lower case and occur once. */
  readonly options: readonly IniOption[];
}

interface OpenOption {
  readonly name: string;
  readonly line: number;
  readonly parts: string[];
  note?: string;
}

interface OpenSection {
  readonly line: number;
  readonly options: Map<string, OpenOption>;
}

const defaultsName = 'DEFAULT';
// What Python counts as white space; JavaScript's trim knows a slightly different set.
const space = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const leadingSpace = new RegExp(`^${space}*`);
const outerSpace = new RegExp(`^${space}+|${space}+$`, 'g');
const trailingSpace = new RegExp(`${space}+$`);

/**
 * Reads INI text as Python's configparser does with `interpolation=None` and its other defaults (strict, both delimiters,
 * full-line comments only, continuation lines by indentation, [DEFAULT]).
 *
 * @param path named in errors. No error shows the text of a line, as it may hold a secret.
 * @throws CONFIG_FILE_INVALID
 */
export function parseIni(text: string, path: string): readonly IniSection[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  // The text after the last line end is no line.
  if (lines.at(-1) === '') lines.pop();
  const sections = new Map<string, OpenSection>();
  const defaults: OpenSection = { line: 0, options: new Map() };
  let section: OpenSection | undefined;
  let option: OpenOption | undefined;
  let indent = 0;

  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const content = strip(line);
    if (content.startsWith('#') || content.startsWith(';')) continue;
    if (content === '') {
      option?.parts.push('');
      continue;
    }
    const lineIndent = leadingSpace.exec(line)?.[0].length ?? 0;
    if (option !== undefined && lineIndent > indent) {
      option.parts.push(content);
      continue;
    }
    indent = lineIndent;
    const header = /^\[([^\n]+)\]/.exec(content)?.[1];
    if (header !== undefined) {
      section = header === defaultsName ? defaults : openSection(sections, { header, line: number, path });
      option = undefined;
    } else {
      option = openOption(section, { content, line: number, path });
    }
  }
  return [...sections].map(([name, { options }]) => ({ name, options: closeOptions(defaults.options, options) }));
}

function openSection(sections: Map<string, OpenSection>, at: { header: string; line: number; path: string }): OpenSection {
  const known = sections.get(at.header);
  if (known !== undefined) {
    throw refuse(at, `section [${at.header}] is there twice, first on line ${known.line}; move the options of both into one`);
  }
  const opened: OpenSection = { line: at.line, options: new Map() };
  sections.set(at.header, opened);
  return opened;
}

function openOption(section: OpenSection | undefined, at: { content: string; line: number; path: string }): OpenOption {
  if (section === undefined) throw refuse(at, 'there is text before the first section; begin with a line like [resilient]');
  const split = at.content.search(/[=:]/);
  if (split < 0)
    throw refuse(at, 'this is no section, no option (name = value) and no comment; a further line of a value needs indentation');
  const name = strip(at.content.slice(0, split)).toLowerCase();
  if (name === '') throw refuse(at, 'the name before the delimiter is missing; write name = value');
  const known = section.options.get(name);
  const value = strip(at.content.slice(split + 1));
  if (known !== undefined && name === 'cafile' && isSwitch(value) !== isSwitch(known.parts.join(''))) {
    return joinCafile(known, { value, line: at.line });
  }
  if (known !== undefined) throw refuse(at, `option "${name}" is there twice, first on line ${known.line}; ${explainDuplicate(name)}`);
  const opened = { name, line: at.line, parts: [value] };
  section.options.set(name, opened);
  return opened;
}

/** Older guides show a path and, on a second line, whether to check the certificate. */
function joinCafile(known: OpenOption, { value, line }: { readonly value: string; readonly line: number }): OpenOption {
  const [written, path] = isSwitch(value) ? [value, known.parts.join('\n')] : [known.parts.join('\n'), value];
  const isChecked = written.toLowerCase() === 'true';
  known.parts.splice(0, known.parts.length, isChecked ? path : 'false');
  const meaning = isChecked ? 'the certificate is checked with the file' : 'the certificate is NOT checked, and the file has no effect';
  known.note = `option "cafile" is there twice, on lines ${known.line} and ${line}, as older guides show it: ${meaning}; keep one of the two`;
  return known;
}

function isSwitch(value: string): boolean {
  return /^(?:true|false)$/i.test(value);
}

function explainDuplicate(name: string): string {
  return name === 'cafile'
    ? 'older guides show one line with a path and one with "false": keep the path to check the certificate, or "false" to give that up'
    : 'keep one of the two';
}

function closeOptions(defaults: ReadonlyMap<string, OpenOption>, own: ReadonlyMap<string, OpenOption>): readonly IniOption[] {
  return [...new Map([...defaults, ...own]).values()].map(({ name, line, parts, note }) => ({
    name,
    line,
    ...(note === undefined ? {} : { note }),
    value: parts.join('\n').replace(trailingSpace, ''),
  }));
}

function strip(text: string): string {
  return text.replace(outerSpace, '');
}

function refuse(at: { line: number; path: string }, reason: string): WirebookError {
  return new WirebookError('CONFIG_FILE_INVALID', `${at.path}, line ${at.line}: ${reason}`, undefined, { path: at.path, line: at.line });
}
