const fieldMark = 'field "value": ';

/** Why a preview failed, without the place and the expression that stand above it: `Position 12: expected ")" …`. */
export function shortenPreviewError(message: string): string {
  const at = message.indexOf(fieldMark);
  if (at === -1) return message;
  const reason = message.slice(at + fieldMark.length).replace(/^(?:expression|template) "(?:[^"\\]|\\.)*"(?:, |: )/s, '');
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
}
