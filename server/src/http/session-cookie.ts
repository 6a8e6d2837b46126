/** Name of the cookie; it holds the token of the session. */
const cookieName = 'wirebook_session';
const tokenPattern = /^[A-Za-z0-9_-]{20,200}$/;

/** The token that a Cookie header holds; null when there is none or when it is none of ours. */
export function readSessionToken(header: string | undefined): string | null {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [name, value] = pair.trim().split('=', 2);
    return name === cookieName && value !== undefined && tokenPattern.test(value) ? [value] : [];
  });
  // Two of them: somebody put one beside ours, and which is ours cannot be told.
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** The value of Set-Cookie; null takes the cookie away. */
export function writeSessionCookie(token: string | null, options: { readonly isSecure: boolean; readonly maxAgeMs: number }): string {
  const age = token === null ? 0 : Math.floor(options.maxAgeMs / 1000);
  const parts = [`${cookieName}=${token ?? ''}`, 'Path=/', `Max-Age=${age}`, 'HttpOnly', 'SameSite=Strict'];
  return (options.isSecure ? [...parts, 'Secure'] : parts).join('; ');
}
