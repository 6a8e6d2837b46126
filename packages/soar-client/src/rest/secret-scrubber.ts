/** Takes what it was told to keep secret out of texts that others wrote (answers, library errors, URLs). */
export interface SecretScrubber {
  add(secret: string): void;
  scrub(text: string): string;
}

const shortestSecret = 4;

/** @param outer knows further secrets that are taken out as well. */
export function createSecretScrubber(outer?: SecretScrubber): SecretScrubber {
  let forms: readonly string[] = [];
  return {
    add(secret) {
      // Taking out every "t" would make texts useless and tell what the secret is.
      if (secret.length < shortestSecret) return;
      // As it is, inside JSON, inside a URL, inside a Basic header. Longest first: one secret may be a part of another.
      const plain = [secret, JSON.stringify(secret).slice(1, -1)];
      const encoded = plain.map((text) => encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')));
      const spellings = [...plain, ...encoded, Buffer.from(secret).toString('base64')];
      forms = [...new Set([...forms, ...spellings])].sort((a, b) => b.length - a.length);
    },
    scrub(text) {
      let clean = text;
      for (const form of forms) clean = clean.replaceAll(form, '***');
      return outer === undefined ? clean : outer.scrub(clean);
    },
  };
}
