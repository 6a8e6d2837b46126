const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const idLength = 10;

/** A random id, so that what two people paste does not collide: a letter or digit from 36, ten times. */
export function newRandomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(idLength));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
