const charPx = 7;
const linePx = 20;
const gapPx = 8;
const framePx = 16;
const minPx = 36;
const maxPx = 420;

/** Height of a frame that shows the paragraphs. A frame without scripts and origin cannot be measured, so it is estimated; it scrolls beyond. */
export function estimateHeight(paragraphs: readonly string[], widthPx: number): number {
  const charsPerLine = Math.max(10, Math.floor((widthPx - framePx) / charPx));
  const heights = paragraphs.map((text) => {
    const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charsPerLine)), 0);
    return lines * linePx + gapPx;
  });
  return Math.min(maxPx, Math.max(minPx, framePx + heights.reduce((sum, height) => sum + height, 0)));
}
