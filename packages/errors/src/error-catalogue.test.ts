import { expect, test } from 'vitest';
import { errorCatalogue, getErrorEntry, isErrorCode, retiredCodes } from './error-catalogue.ts';

const head = `# Error codes

Every error that Wirebook raises carries one of these codes. The table is the printed form of
\`src/*-codes.ts\`; a test fails when either side has a row that the other lacks.

| code | who acts | again later | what to do |
| --- | --- | --- | --- |
`;

test('CODES.md lists exactly the codes of the catalogue, with blame, retry class and hint', async () => {
  const codes = Object.keys(errorCatalogue).filter(isErrorCode);
  const rows = codes.map((code) => {
    const entry = getErrorEntry(code);
    return `| ${code} | ${entry.blame} | ${entry.retryable ? 'yes' : 'no'} | ${entry.hint} |\n`;
  });
  const retired = retiredCodes.length === 0 ? 'None.' : retiredCodes.join(', ');
  await expect(`${head}${rows.join('')}\n## Retired codes\n\n${retired}\n`).toMatchFileSnapshot('../CODES.md');
});

test('a retired code is never in use again', () => {
  expect(retiredCodes.filter(isErrorCode)).toEqual([]);
});

test('every hint is one sentence that ends with a full stop', () => {
  const bad = Object.keys(errorCatalogue)
    .filter(isErrorCode)
    .filter((code) => !getErrorEntry(code).hint.endsWith('.'));
  expect(bad).toEqual([]);
});
