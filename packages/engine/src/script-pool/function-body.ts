/**
 * Texts that only compile together when `source` is the body of a function and nothing more.
 *
 * A source can close the function that it is put into and open another one, and run between them. Then the first token after the
 * function would have to fit all three: the first allows no `}`, the second no `,`, the third only these two.
 */
export function functionBodyProbes(source: string): readonly string[] {
  return [`(function(){\n${source}\n})`, `(function(){{\n${source}\n}})`, `({m(){\n${source}\n}})`];
}

/** A function of scope and console that gives the script as a function without parameters; the source begins in its second line. */
export function functionSource(source: string, scopeNames: readonly string[]): string {
  const constants = scopeNames.length === 0 ? '' : `const {${scopeNames.join(',')}}=$scope;`;
  return `"use strict";(function($scope,console){${constants}return function(){\n${source}\n}})`;
}

/** The line of the source that an error of the sandbox names first, or undefined. */
export function findSourceLine(stack: string, sourceLineCount: number): number | undefined {
  for (const match of stack.matchAll(/script:(\d+)/g)) {
    const line = Number(match[1]) - 1;
    if (line >= 1 && line <= sourceLineCount) return line;
  }
  return undefined;
}
