import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { mantineVariables } from './mantine-variables.ts';
import { SignedInGate } from './signed-in-gate.tsx';
import { theme } from './theme.ts';

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: 1, staleTime: 5000, refetchOnWindowFocus: false }, mutations: { retry: 0 } },
});

/** The whole product: theme, queries, and behind the gate the pages. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={mantineVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queryClient}>
        <SignedInGate />
      </QueryClientProvider>
    </MantineProvider>
  );
}
