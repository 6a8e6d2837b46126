// Everything heavy stands behind this module: it is imported by the code editor only, and that only dynamically.
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker.js?worker';
import TypescriptWorker from 'monaco-editor/languages/features/typescript/ts.worker.js?worker';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/features/json/register';
import { javascriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import { registerJsonataLanguages } from './jsonata-language.ts';

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_: string, label: string) => {
      if (label === 'json') return new JsonWorker();
      return label === 'javascript' || label === 'typescript' ? new TypescriptWorker() : new EditorWorker();
    },
  },
});

const esNext = 99;
/** A script is the body of a function, so it may return. */
const returnOutsideFunction = 1108;
/** Two editors may show a script each: their names do not meet. */
const declaredTwice = 2451;

javascriptDefaults.setCompilerOptions({
  target: esNext,
  lib: ['lib.es2023.d.ts'],
  allowJs: true,
  checkJs: false,
  allowNonTsExtensions: true,
});
javascriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: [returnOutsideFunction, declaredTwice] });
registerJsonataLanguages(monaco);

/** Tells the JavaScript editor what a script of this product can reach. */
export function setScriptTypings(declarations: string): void {
  javascriptDefaults.setExtraLibs([{ content: declarations, filePath: 'inmemory://wirebook/script-globals.d.ts' }]);
}

export { monaco };
