// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { PanelBoundary } from './panel-boundary.tsx';

afterEach(cleanup);

test('[A3] a part that cannot be drawn says so in its place, the others stay, and it can be shown again', () => {
  let isBroken = true;
  function Broken() {
    if (isBroken) throw new Error('no such field');
    return <p>the form</p>;
  }
  render(
    <MantineProvider>
      <PanelBoundary name="inspector">
        <Broken />
      </PanelBoundary>
      <p>the canvas</p>
    </MantineProvider>,
  );
  expect(screen.getByRole('alert').textContent).toContain('The inspector cannot be shown: no such field.');
  expect(screen.getByText('the canvas')).toBeDefined();
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Show it again' }));
  expect(screen.getByText('the form')).toBeDefined();
});
