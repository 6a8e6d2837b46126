import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import type { SessionView } from '@wirebook/api';
import { useState } from 'react';
import type { ApiClient } from '../transport/api-client.ts';
import { describeFailure } from '../transport/api-error.ts';

interface SignInPageProps {
  readonly api: ApiClient;
  readonly onSignedIn: (session: SessionView) => Promise<void>;
  /** The server was not reached. */
  readonly failure: string | null;
  readonly onRetry: () => void;
}

/** Name and password, or the one-time link whose token stands behind `#` in the address. */
export function SignInPage({ api, onSignedIn, failure }: SignInPageProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(failure);

  async function submit(): Promise<void> {
    try {
      await onSignedIn(await api.call('signIn', { body: { name, password } }));
    } catch (thrown) {
      setProblem(describeFailure(thrown));
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h1>Sign in</h1>
      {problem === null ? null : <Alert color="red">{problem}</Alert>}
      <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <PasswordInput label="Password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
      <Button type="submit">Sign in</Button>
    </form>
  );
}
