import type { Page } from '@playwright/test'

/**
 * Blocks the app's code, as if the connection were lost.
 * @returns a function that unblocks it after all pending loads have failed, including the loader's second attempts, which
 * it makes up to 600 ms later
 */
export async function loseScripts(page: Page): Promise<() => Promise<void>> {
  const chunks = '**/_next/static/chunks/**'
  let failures = 0
  await page.route(chunks, (route) => {
    failures += 1
    return route.abort()
  })
  return async () => {
    for (let before = -1; before !== failures || failures === 0;) {
      before = failures
      await page.waitForTimeout(800)
    }
    await page.unroute(chunks)
  }
}
