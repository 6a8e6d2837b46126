// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { MarkdownText } from './markdown-text.tsx';

afterEach(cleanup);

test('[I14] help is Markdown, and HTML in it is text', () => {
  const text =
    '# Title\n\n## Config\n\n- **a**: `b`\n\n<img src="x" onerror="alert(1)"> [link](javascript:alert(1)) ![picture](https://elsewhere)';
  const { container } = render(<MarkdownText text={text} />);
  expect(container.querySelector('h3')?.textContent).toBe('Config');
  expect(container.querySelector('li strong')?.textContent).toBe('a');
  expect(container.querySelector('img')).toBeNull();
  expect(container.textContent).toContain('<img src="x" onerror="alert(1)">');
  expect(container.querySelector('a')?.getAttribute('href') ?? '').not.toContain('javascript');
  expect(container.textContent).not.toContain('Title');
});
