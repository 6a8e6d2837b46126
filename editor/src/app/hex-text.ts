const rowBytes = 16;
const printable = /[\x20-\x7e]/;

/** Bytes as people read them: offset, sixteen bytes, and what is printable of them. */
export function toHexText(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += rowBytes) {
    const row = [...bytes.subarray(at, at + rowBytes)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = row.map((byte) => String.fromCharCode(byte)).map((letter) => (printable.test(letter) ? letter : '.'));
    rows.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(rowBytes * 3 - 1)}  ${text.join('')}`);
  }
  return rows.join('\n');
}

/** What does not decode shows as U+FFFD. */
export function toPlainText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
