// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { type Services, ServicesProvider } from '../app/services.tsx';
import { createLiveStore } from '../state/live-store.ts';
import { ApiError } from '../transport/api-error.ts';
import { MissingRun } from './missing-run.tsx';
import { makeRunRow } from './run-row.stand-in.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const unknown = new ApiError({ code: 'SERVER_RUN_UNKNOWN', status: 404, message: 'there is no run "r1"' });

function draw(liveRunIds: readonly string[], error: unknown) {
  const liveRuns = createLiveStore();
  liveRuns.take({ bootId: 'b', seq: 1, rows: liveRunIds.map((runId) => makeRunRow({ runId })), lines: [], dropped: { rows: 0, lines: 0 } });
  const onRetry = vi.fn();
  render(
    <MantineProvider>
      <ServicesProvider services={{ liveRuns } as unknown as Services}>
        <MissingRun runId="r1" error={error} onRetry={onRetry} />
      </ServicesProvider>
    </MantineProvider>,
  );
  return onRetry;
}

test('[T18] a run that is only told live says so, and is asked for again by itself', () => {
  vi.useFakeTimers();
  const onRetry = draw(['r1'], unknown);
  expect(screen.getByRole('alert').textContent).toContain('its steps are not written yet');
  vi.advanceTimersByTime(2000);
  expect(onRetry).toHaveBeenCalledTimes(1);
});

test('[T18] a run that is gone leads to those that are kept, and is not asked for again', () => {
  vi.useFakeTimers();
  const onRetry = draw(['r2'], unknown);
  expect(screen.getByRole('alert').textContent).toContain('There is no run r1.');
  expect(screen.getByRole('link', { name: 'Show all runs' }).getAttribute('href')).toBe('/runs');
  vi.advanceTimersByTime(20_000);
  expect(onRetry).not.toHaveBeenCalled();
});

test('[T18] another failure says what it was, with another try', () => {
  const onRetry = draw(['r1'], new Error('no network'));
  expect(screen.getByRole('alert').textContent).toContain('No network.');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledTimes(1);
});
