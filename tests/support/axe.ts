import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type axe from 'axe-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * The problems that axe finds in the current page, with all its default rules and that of target sizes, or the given
 * ones. It runs in the page and does not search frames, because no page of the product has any. It waits until what is
 * fading in has its colours; what moves without an end, such as a spinner, is not waited for.
 */
export async function axeViolations(page: Page, rules?: string[]): Promise<axe.Result[]> {
  // A page that is read again has no title for a moment; one that never gets a title fails here.
  await page.waitForFunction(() => document.title !== '', undefined, { timeout: 10_000 })
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  return page.evaluate(async (only) => {
    const { axe: tool } = window as unknown as { axe: typeof axe }
    const endsByItself = (animation: Animation) => animation.effect?.getComputedTiming().endTime !== Infinity
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(endsByItself)
        .map((animation) => animation.finished),
    )
    const { violations } = await tool.run({
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true } },
      ...(only && { runOnly: { type: 'rule' as const, values: only } }),
    })
    return violations
  }, rules)
}
