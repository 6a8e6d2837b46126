import { expect, test } from 'vitest';
import { findJsonError } from './find-json-error.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

test('[V3] the scanner agrees with JSON.parse on texts altered at random', () => {
  const base = ' {"a":[1,-2.5e+3,true,null,{"b":"x\\n\\u00e9"}],"c":{},"d":[],"e":"é"} ';
  const pieces = ['"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'e', '.', ' ', 'true', 'u', '\t', 'ü', ''];
  let seed = 12345;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const disagreements: string[] = [];
  for (let round = 0; round < 20_000; round += 1) {
    let text = base;
    for (let change = random(4); change >= 0; change -= 1) {
      const at = random(text.length + 1);
      text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + random(3));
    }
    if ((findJsonError(text) === undefined) !== isJson(text)) disagreements.push(text);
  }
  expect(disagreements).toEqual([]);
});
