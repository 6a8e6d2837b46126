// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { RunRow } from '@wirebook/api';
import { afterEach, expect, test, vi } from 'vitest';
import { type Services, ServicesProvider } from '../app/services.tsx';
import { RunList } from './run-list.tsx';
import { makeRunRow } from './run-row.stand-in.ts';

afterEach(cleanup);

const services = { now: () => 100_000, session: { product: { timeZone: 'UTC' } } } as unknown as Services;

function makeRows(newest: number, count: number): RunRow[] {
  return Array.from({ length: count }, (_, index) => {
    const number = newest - index;
    return makeRunRow({ runId: `r${number}`, startedAtMs: number, triggerName: `trigger ${number}` });
  });
}

function draw(rows: readonly RunRow[], onOpen = vi.fn()) {
  return (
    <ServicesProvider services={services}>
      <RunList rows={rows} openRunId={null} onOpen={onOpen} />
    </ServicesProvider>
  );
}

const idsDrawn = () => screen.getAllByRole('row').flatMap((row) => row.getAttribute('data-run') ?? []);

test('[T17] of thousands of runs only those in view are drawn', () => {
  const { rerender } = render(draw(makeRows(2000, 2000)));
  expect(idsDrawn().length).toBeLessThan(40);
  expect(idsDrawn()[0]).toBe('r2000');
  rerender(draw(makeRows(2050, 2000)));
  expect(idsDrawn().length).toBeLessThan(40);
  expect(idsDrawn()[0]).toBe('r2050');
});

test('[T7] the row under the pointer stays where it is while new runs come, and the way to them is shown', () => {
  const { rerender } = render(draw(makeRows(100, 100)));
  const scroller = screen.getByRole('grid', { name: 'Runs' }).parentElement as HTMLElement;
  fireEvent.pointerEnter(scroller);
  rerender(draw(makeRows(103, 103)));
  expect(scroller.scrollTop).toBe(3 * 28);
  fireEvent.click(screen.getByRole('button', { name: '3 newer runs above' }));
  expect(scroller.scrollTop).toBe(0);
});

test('[T7] when the pointer goes, the list follows the newest again', () => {
  const { rerender } = render(draw(makeRows(100, 100)));
  const scroller = screen.getByRole('grid', { name: 'Runs' }).parentElement as HTMLElement;
  fireEvent.pointerEnter(scroller);
  rerender(draw(makeRows(103, 103)));
  fireEvent.pointerLeave(scroller);
  expect(scroller.scrollTop).toBe(0);
  expect(screen.queryByRole('button', { name: /newer/ })).toBeNull();
});

test('[T17] runs are walked with the arrows and opened with Enter', () => {
  const onOpen = vi.fn();
  render(draw(makeRows(100, 100), onOpen));
  const row = (id: string) => screen.getAllByRole('row').find((each) => each.getAttribute('data-run') === id) as HTMLElement;
  row('r100').focus();
  fireEvent.keyDown(row('r100'), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(row('r99'));
  fireEvent.keyDown(row('r99'), { key: 'Enter' });
  expect(onOpen).toHaveBeenCalledWith('r99');
});
