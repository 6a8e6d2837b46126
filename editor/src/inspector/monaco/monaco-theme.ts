import { monaco } from './monaco.ts';

/** Defines the editor's theme from the tokens as they are on the page now, and gives its name. */
export function defineMonacoTheme(scheme: 'light' | 'dark'): string {
  const styles = getComputedStyle(document.documentElement);
  const token = (name: string) => toSixDigits(styles.getPropertyValue(`--wb-${name}`).trim());
  const hex = (name: string) => token(name).replace(/^#/, '');
  const name = `wirebook-${scheme}`;
  monaco.editor.defineTheme(name, {
    base: scheme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'keyword', foreground: hex('cat-feed') },
      { token: 'string', foreground: hex('good') },
      { token: 'number', foreground: hex('cat-scripts') },
      { token: 'constant', foreground: hex('cat-scripts') },
      { token: 'variable', foreground: hex('cat-sources') },
      { token: 'predefined', foreground: hex('accent') },
      { token: 'comment', foreground: hex('muted') },
      { token: 'operator', foreground: hex('muted') },
      { token: 'delimiter.template', foreground: hex('accent'), fontStyle: 'bold' },
    ],
    colors: {
      'editor.background': token('panel'),
      'editor.foreground': token('text'),
      'editorLineNumber.foreground': token('muted'),
      'editorLineNumber.activeForeground': token('text'),
      'editor.lineHighlightBackground': token('hover'),
      'editorCursor.foreground': token('accent'),
      'editorWidget.background': token('raised'),
      'editorWidget.border': token('line'),
      'editorSuggestWidget.background': token('raised'),
      'editorSuggestWidget.selectedBackground': token('accent-soft'),
      'editorSuggestWidget.selectedForeground': token('text'),
      'editorError.foreground': token('bad'),
      'editorWarning.foreground': token('warn'),
      focusBorder: token('accent'),
    },
  });
  return name;
}

/** The build shortens colours such as #ffffff, which the editor does not read. */
function toSixDigits(colour: string): string {
  return /^#[0-9a-f]{3}$/i.test(colour) ? colour.replaceAll(/[0-9a-f]/gi, '$&$&') : colour;
}
