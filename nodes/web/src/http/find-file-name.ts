/** The name in a Content-Disposition header; the encoded form of RFC 5987 counts before the plain one. */
export function findFileName(disposition: string): string | undefined {
  const encoded = /(?:^|;)\s*filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(disposition)?.[1];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded.trim());
    } catch (thrown) {
      // Not what it says it is: the plain one counts then.
      if (!(thrown instanceof URIError)) throw thrown;
    }
  }
  const [, quoted, plain] = /(?:^|;)\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]+))/i.exec(disposition) ?? [];
  return quoted?.replaceAll(/\\(.)/g, '$1') ?? plain;
}
