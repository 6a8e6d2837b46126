import { useComputedColorScheme } from '@mantine/core';
import type { RecordedMessageView } from '@wirebook/api';
import { useEffect, useRef } from 'react';
import type { ExpressionScope } from '../expression-scope.ts';
import styles from './code-editor.module.css';
import { type expressionLanguage, setModelScope, type templateLanguage } from './jsonata-language.ts';
import { monaco, setScriptTypings } from './monaco.ts';
import { defineMonacoTheme } from './monaco-theme.ts';
import { makeScriptTypings } from './script-typings.ts';

export interface CodeEditorProps {
  readonly language: 'javascript' | 'json' | typeof expressionLanguage | typeof templateLanguage;
  readonly text: string;
  readonly label: string;
  readonly isReadOnly: boolean;
  readonly scope: ExpressionScope;
  readonly recorded?: RecordedMessageView | null;
  readonly id?: string;
  readonly isFocusWanted?: boolean;
  readonly className?: string;
  readonly onChange: (text: string) => void;
}

let modelCount = 0;

/** The code editor. What is typed is told at once. */
export function CodeEditor({
  language,
  text,
  label,
  isReadOnly,
  scope,
  recorded = null,
  id,
  isFocusWanted = false,
  className,
  onChange,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editorRef = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const scheme = useComputedColorScheme('light');
  const latest = useRef({ text, label, isReadOnly, isFocusWanted, onChange });
  latest.current = { text, label, isReadOnly, isFocusWanted, onChange };

  useEffect(() => {
    if (host.current === null) return;
    modelCount += 1;
    const extension = language === 'javascript' ? 'js' : language;
    const model = monaco.editor.createModel(
      latest.current.text,
      language,
      monaco.Uri.parse(`inmemory://wirebook/${modelCount}.${extension}`),
    );
    const editor = monaco.editor.create(host.current, {
      model,
      readOnly: latest.current.isReadOnly,
      ariaLabel: `${latest.current.label}. Ctrl+M lets Tab move the focus.`,
      ...look,
      ...(language === 'javascript' || language === 'json' ? {} : { lineNumbers: 'off', wordWrap: 'on' }),
    });
    editorRef.current = editor;
    const listener = model.onDidChangeContent(() => {
      const typed = model.getValue();
      if (typed !== latest.current.text) latest.current.onChange(typed);
    });
    if (latest.current.isFocusWanted) editor.focus();
    return () => {
      listener.dispose();
      setModelScope(model.uri.toString(), null);
      editor.dispose();
      model.dispose();
      editorRef.current = null;
    };
  }, [language]);

  useEffect(() => monaco.editor.setTheme(defineMonacoTheme(scheme)), [scheme]);
  useEffect(() => editorRef.current?.updateOptions({ readOnly: isReadOnly }), [isReadOnly]);
  useEffect(() => {
    const uri = editorRef.current?.getModel()?.uri.toString();
    if (uri !== undefined) setModelScope(uri, scope);
  }, [scope]);
  useEffect(() => {
    if (language === 'javascript') setScriptTypings(makeScriptTypings(recorded));
  }, [language, recorded]);
  useEffect(() => {
    const model = editorRef.current?.getModel();
    // A change from elsewhere, such as undo in the flow.
    if (model !== null && model !== undefined && model.getValue() !== text) {
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    }
  }, [text]);

  return (
    // Keys that are typed here are no keys of the canvas; Escape closes what the editor has open.
    // biome-ignore lint/a11y/noStaticElementInteractions: the control is the editor inside
    <div
      ref={host}
      id={id}
      className={`nokey ${styles.editor} ${className ?? ''}`}
      // Whoever leads to the field, or opens the window around it, gives the focus to this; it belongs to the editor inside.
      tabIndex={-1}
      data-code-editor
      data-autofocus={isFocusWanted ? true : undefined}
      onFocus={(event) => {
        if (event.target === event.currentTarget) editorRef.current?.focus();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    />
  );
}

const look: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  // Lists may reach out of a narrow panel.
  fixedOverflowWidgets: true,
  minimap: { enabled: false },
  fontFamily: "'IBM Plex Mono', monospace",
  fontSize: 12,
  lineHeight: 18,
  lineNumbersMinChars: 3,
  folding: false,
  glyphMargin: false,
  scrollBeyondLastLine: false,
  renderLineHighlight: 'line',
  overviewRulerLanes: 0,
  tabSize: 2,
  padding: { top: 6, bottom: 6 },
  scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  stickyScroll: { enabled: false },
  quickSuggestions: { other: true, strings: true, comments: false },
  wordBasedSuggestions: 'off',
};
