// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { JsonTree } from './json-tree.tsx';

afterEach(cleanup);

const value = { model: { id: 'PX-1', parts: [1, 2] }, note: '<b>bold</b>' };

test('[T3] a tree is walked with the arrows: right opens, left closes and goes to the parent', () => {
  render(<JsonTree value={value} label="Walked" />);
  const item = (name: string) => screen.getByRole('treeitem', { name: new RegExp(name) });
  item('^\\$').focus();
  fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(item('^model'));
  fireEvent.keyDown(item('^model'), { key: 'ArrowLeft' });
  expect(item('^model').getAttribute('aria-expanded')).toBe('false');
  fireEvent.keyDown(item('^model'), { key: 'ArrowRight' });
  fireEvent.keyDown(item('^model'), { key: 'ArrowRight' });
  expect(document.activeElement).toBe(item('^id'));
  fireEvent.keyDown(item('^id'), { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(item('^model'));
});

test('[T3] the line that is chosen gives its expression', () => {
  const onPath = vi.fn();
  render(<JsonTree value={value} rootPath="$steps.`Find the model`" label="Chosen" onPath={onPath} />);
  fireEvent.keyDown(screen.getByRole('treeitem', { name: /^1/ }), { key: 'ArrowDown' });
  screen.getByRole('treeitem', { name: /^id/ }).focus();
  fireEvent.keyDown(document.activeElement as Element, { key: 'Enter' });
  expect(onPath).toHaveBeenCalledWith('$steps.`Find the model`.model.id');
});

test('[T3] what was closed is closed when the tree is seen again', () => {
  const { unmount } = render(<JsonTree value={value} label="Remembered" />);
  fireEvent.click(screen.getByRole('treeitem', { name: /^model/ }));
  unmount();
  render(<JsonTree value={value} label="Remembered" />);
  expect(screen.getByRole('treeitem', { name: /^model/ }).getAttribute('aria-expanded')).toBe('false');
});

test('[T4] markup in a message is text', () => {
  const { container } = render(<JsonTree value={value} label="Markup" />);
  expect(container.querySelector('b')).toBeNull();
  expect(container.textContent).toContain('<b>bold</b>');
});

test('[T4] a cut value says so, and the rest can be asked for', () => {
  const onLoadAll = vi.fn();
  render(<JsonTree value="begin…" truncation={{ sizeBytes: 2_000_000, onLoadAll }} />);
  expect(screen.getByText(/The beginning of 1\.9 MB/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Load all' }));
  expect(onLoadAll).toHaveBeenCalledOnce();
});

test('[T4] a long text is cut until all of it is asked for', () => {
  const text = 'x'.repeat(5000);
  const { container } = render(<JsonTree value={text} label="Long" />);
  expect(container.textContent?.length).toBeLessThan(400);
  fireEvent.click(screen.getByRole('button', { name: /Show all \(5,000 characters\)/ }));
  expect(container.textContent).toContain(text);
});
