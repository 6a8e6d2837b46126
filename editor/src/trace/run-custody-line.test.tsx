// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { RunView } from '@wirebook/trace';
import { afterEach, expect, test } from 'vitest';
import { type Services, ServicesProvider } from '../app/services.tsx';
import { RunCustodyLine } from './run-custody-line.tsx';
import { makeRunView } from './run-view.stand-in.ts';

afterEach(cleanup);

function draw(view: Partial<RunView>): string[] {
  const session = { product: { timeZone: 'UTC' } };
  render(
    <MantineProvider>
      <ServicesProvider services={{ session } as unknown as Services}>
        <RunCustodyLine view={makeRunView(view)} />
      </ServicesProvider>
    </MantineProvider>,
  );
  const list = screen.getByRole('list', { name: 'The message of this run' });
  return within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
}

test('[T19] a run that goes on says where its message is, with times', () => {
  expect(draw({ status: 'running', isCompleted: false, finishedAtMs: null, durationMs: null })).toEqual([
    'Delivered00:00:01.000',
    'Not completed',
    'Not settled',
  ]);
});

test('[T19] a message that the ledger took over has a station of its own', () => {
  const settled = { atMs: 1002, how: 'taken-over' } as const;
  expect(draw({ takenOver: { atMs: 1001, dueAtMs: null }, settled, replyConfirmedAtMs: 1090 })).toEqual([
    'Delivered00:00:01.000',
    'Taken over00:00:01.001',
    'Completed00:00:01.090',
    'Settled00:00:01.002',
  ]);
});

test('[T19] what an end of the engine would lead to is told on request', () => {
  draw({ status: 'running', isCompleted: false });
  const answer = screen.getByText(/The broker would deliver the message again/);
  expect(answer.hidden).toBe(true);
  const ask = screen.getByRole('button', { name: 'What if the engine ended now?' });
  expect(ask.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(ask);
  expect(answer.hidden).toBe(false);
  expect(ask.getAttribute('aria-expanded')).toBe('true');
  expect(answer.textContent).toContain('If the engine ended now:');
});
