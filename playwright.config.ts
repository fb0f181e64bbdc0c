import { defineConfig } from '@playwright/test'
import { freePort } from './lib/platform/server/built-in-postgres/postmaster'
import { findBrowser } from './tests/support/browser'

// Found once: the workers read this file again and get what is in the environment by then.
process.env.CHROMIUM_PATH = await findBrowser()
process.env.PATCHBAY_E2E_PORT ??= String(await freePort())

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/e2e-setup.ts',
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    // Of the installation that most specs share.
    baseURL: `http://localhost:${process.env.PATCHBAY_E2E_PORT}`,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    // Recording takes a quarter of a small machine; at a desk it is worth that.
    trace: process.env.CI ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        // Impossible as root and in most containers; the tests visit nothing but their own servers.
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--no-first-run',
      ],
    },
  },
})
