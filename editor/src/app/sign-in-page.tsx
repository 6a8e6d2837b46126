import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import type { SessionView } from '@wirebook/api';
import { useCallback, useEffect, useState } from 'react';
import type { ApiClient } from '../transport/api-client.ts';
import { describeFailure } from '../transport/api-error.ts';
import styles from './sign-in-page.module.css';

interface SignInPageProps {
  readonly api: ApiClient;
  readonly onSignedIn: (session: SessionView) => Promise<void>;
  /** The server was not reached. */
  readonly failure: string | null;
  readonly onRetry: () => void;
}

/** Name and password, or the one-time link whose token stands behind `#` in the address. */
export function SignInPage({ api, onSignedIn, failure, onRetry }: SignInPageProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const enter = useCallback(
    async (ask: () => Promise<SessionView>) => {
      setIsBusy(true);
      setProblem(null);
      try {
        await onSignedIn(await ask());
      } catch (thrown) {
        setProblem(describeFailure(thrown));
        setIsBusy(false);
      }
    },
    [onSignedIn],
  );

  useEffect(() => {
    const token = takeLinkToken();
    if (token !== null) void enter(() => api.call('signInByLink', { body: { token } }));
  }, [api, enter]);

  return (
    <main className={styles.page}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          void enter(() => api.call('signIn', { body: { name, password } }));
        }}
      >
        <div className={styles.head}>
          <img src="/wirebook.svg" alt="" width={32} height={32} />
          <h1 className={styles.title}>Sign in to Wirebook</h1>
        </div>
        <Stack gap="md">
          {failure === null ? null : (
            <Alert color="red" title="The server did not answer">
              {failure}
              <Button mt="sm" variant="default" onClick={onRetry}>
                Try again
              </Button>
            </Alert>
          )}
          {problem === null ? null : (
            <Alert color="red" role="alert">
              {problem}
            </Alert>
          )}
          <TextInput label="Name" autoComplete="username" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={isBusy}>
            Sign in
          </Button>
          <p className={styles.hint}>
            First time here? Open the one-time link that <code>npm start</code> printed, or make one with{' '}
            <code>wirebook user link NAME</code>.
          </p>
        </Stack>
      </form>
    </main>
  );
}

/** The token of the link; it is taken out of the address at once, so that it stands in no history. */
function takeLinkToken(): string | null {
  const token = /^#token=([A-Za-z0-9_-]+)$/.exec(window.location.hash)?.[1] ?? null;
  if (token !== null) window.history.replaceState(null, '', '/');
  return token;
}
