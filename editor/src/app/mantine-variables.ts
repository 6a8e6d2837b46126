import type { CSSVariablesResolver } from '@mantine/core';

/** Mantine's own colours are those of tokens.css, so that both themes have one place. */
const mapped: Readonly<Record<string, string>> = {
  '--mantine-color-body': 'var(--wb-panel)',
  '--mantine-color-text': 'var(--wb-text)',
  '--mantine-color-dimmed': 'var(--wb-muted)',
  '--mantine-color-placeholder': 'var(--wb-muted)',
  '--mantine-color-error': 'var(--wb-bad)',
  '--mantine-color-anchor': 'var(--wb-accent)',
  '--mantine-color-default': 'var(--wb-panel)',
  '--mantine-color-default-hover': 'var(--wb-hover)',
  '--mantine-color-default-color': 'var(--wb-text)',
  '--mantine-color-default-border': 'var(--wb-line)',
  '--mantine-color-accent-filled': 'var(--wb-accent)',
  '--mantine-color-accent-light': 'var(--wb-accent-soft)',
  '--mantine-color-accent-light-hover': 'var(--wb-accent-soft)',
  '--mantine-color-accent-light-color': 'var(--wb-accent)',
  '--mantine-color-red-light': 'var(--wb-bad-soft)',
  '--mantine-color-red-light-hover': 'var(--wb-bad-soft)',
  '--mantine-color-red-light-color': 'var(--wb-bad)',
  '--mantine-color-red-text': 'var(--wb-bad)',
  '--mantine-color-yellow-light': 'var(--wb-warn-soft)',
  '--mantine-color-yellow-light-color': 'var(--wb-warn)',
  '--mantine-color-blue-light': 'var(--wb-info-soft)',
  '--mantine-color-blue-light-color': 'var(--wb-info)',
  '--mantine-color-green-light': 'var(--wb-good-soft)',
  '--mantine-color-green-light-color': 'var(--wb-good)',
  '--mantine-color-disabled': 'var(--wb-hover)',
  '--mantine-color-disabled-color': 'var(--wb-muted)',
  '--mantine-color-disabled-border': 'var(--wb-line)',
  '--table-hover-color': 'var(--wb-hover)',
  '--table-border-color': 'var(--wb-line)',
};

export const mantineVariables: CSSVariablesResolver = () => ({ variables: {}, light: { ...mapped }, dark: { ...mapped } });
