import type * as Monaco from 'monaco-editor/editor';
import { completeExpression } from '../expression-completion.ts';
import type { ExpressionScope } from '../expression-scope.ts';

/** Expressions, and texts with expressions in double braces. */
export const expressionLanguage = 'jsonata';
export const templateLanguage = 'jsonata-template';

const scopes = new Map<string, ExpressionScope>();

/** What the completion of an open text may name; null when the text is closed. */
export function setModelScope(uri: string, scope: ExpressionScope | null): void {
  if (scope === null) scopes.delete(uri);
  else scopes.set(uri, scope);
}

const rules: Monaco.languages.IMonarchLanguageRule[] = [
  [/\/\*/, 'comment', '@comment'],
  [/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/, 'string'],
  [/`[^`]*`/, 'identifier'],
  [/\$[A-Za-z_][\w]*(?=\s*\()/, 'predefined'],
  [/\$\$?[\w]*/, 'variable'],
  [/\b(?:true|false|null)\b/, 'constant'],
  [/\b(?:and|or|in|function)\b/, 'keyword'],
  [/\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/, 'number'],
  [/[A-Za-z_]\w*/, 'identifier'],
  [/\.\.|:=|!=|>=|<=|\*\*|~>|\?:|\?\?|[.@#;:?+\-*/%|=<>^&!~,]/, 'operator'],
  [/[()[\]]/, '@brackets'],
];

const comment: Monaco.languages.IMonarchLanguageRule[] = [
  [/\*\//, 'comment', '@pop'],
  [/./, 'comment'],
];

const configuration: Monaco.languages.LanguageConfiguration = {
  comments: { blockComment: ['/*', '*/'] },
  brackets: [
    ['{', '}'],
    ['[', ']'],
    ['(', ')'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '"', close: '"', notIn: ['string'] },
    { open: '`', close: '`' },
  ],
};

export function registerJsonataLanguages({ languages, Range }: typeof Monaco): void {
  languages.register({ id: expressionLanguage });
  languages.setLanguageConfiguration(expressionLanguage, configuration);
  languages.setMonarchTokensProvider(expressionLanguage, {
    tokenizer: { root: [...rules, [/[{}]/, '@brackets']], comment },
  });
  languages.register({ id: templateLanguage });
  languages.setLanguageConfiguration(templateLanguage, configuration);
  languages.setMonarchTokensProvider(templateLanguage, {
    tokenizer: {
      root: [
        [/\{\{/, 'delimiter.template', '@expression'],
        [/[^{]+|\{/, 'text'],
      ],
      expression: [[/\}\}/, 'delimiter.template', '@pop'], [/\{/, '@brackets', '@object'], ...rules],
      object: [[/\{/, '@brackets', '@object'], [/\}/, '@brackets', '@pop'], ...rules],
      comment,
    },
  });
  for (const language of [expressionLanguage, templateLanguage]) {
    languages.registerCompletionItemProvider(language, {
      triggerCharacters: ['$', '.', '`', '{'],
      provideCompletionItems: (model, position) => {
        const scope = scopes.get(model.uri.toString());
        if (scope === undefined) return { suggestions: [] };
        const caret = model.getOffsetAt(position);
        const { from, items } = completeExpression(model.getValue(), caret, scope, language === templateLanguage);
        const start = model.getPositionAt(from);
        const range = Range.fromPositions(start, position);
        const kinds = languages.CompletionItemKind;
        return {
          suggestions: items.map(({ label, detail, insert, caretBack, kind }, index) => ({
            label: { label, description: detail },
            kind: kind === 'function' ? kinds.Function : kind === 'variable' ? kinds.Variable : kinds.Field,
            insertText: toSnippet(insert, caretBack),
            insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
            filterText: insert,
            sortText: String(index).padStart(4, '0'),
            range,
          })),
        };
      },
    });
  }
}

/** With a mark where the caret comes to stand. */
function toSnippet(insert: string, caretBack: number): string {
  const quote = (text: string) => text.replaceAll(/[\\$}]/g, '\\$&');
  return `${quote(insert.slice(0, insert.length - caretBack))}$0${quote(insert.slice(insert.length - caretBack))}`;
}
