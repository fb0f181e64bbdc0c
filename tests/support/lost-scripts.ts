import type { Page } from '@playwright/test'

/**
 * From now on no more code of the app arrives, as if the connection were lost.
 * @returns brings it back, once whatever was being loaded has failed, with the second attempts that the loader makes up
 * to 600 ms later
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
