import { defineConfig } from '@playwright/test';
import stories from './playwright.config.ts';

/** Makes the pictures of the documents: `npm run pictures`. */
export default defineConfig({
  ...stories,
  testDir: 'pictures',
  reporter: 'list',
  use: { ...stories.use, viewport: { width: 1280, height: 800 }, trace: 'off', screenshot: 'off' },
});
