import { addApiKey } from '@/tests/support/add-api-key'
import { anInstallation, expect, test } from '@/tests/support/installation'
import {
  chooseEndpoint,
  chooseInstance,
  expectRunStatus,
  fillInstance,
  runShape,
  startFlow,
} from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

// The document of this installation's own API is one like any other: it becomes a connector that can be called.

/** It may call itself only if an administrator of the server says so. */
const workspace = anInstallation({
  works: true,
  environment: (url) => ({ PATCHBAY_OUTBOUND_ALLOW: new URL(url).host }),
})

test('the own API is imported from its address, and called with an instance that has an API key', async ({ page }) => {
  await haveSession(page.context(), workspace)
  await page.goto('/connectors/import')
  await page.getByLabel('Address of the document').fill(`${workspace.url}/api/v1/openapi.json`)
  await page.getByRole('button', { name: 'Read this address' }).click()
  await page.waitForURL(/\/connectors\/import\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { name: 'Import Patchbay API' })).toBeVisible()
  await page.getByRole('button', { name: 'Import connector', exact: true }).click()
  await page.waitForURL(/\/overview$/)

  await fillInstance(page, 'Patchbay API', {
    ...{ name: 'This installation', method: 'apiKey' },
    values: { Token: await addApiKey(workspace) },
  })
  await page.getByRole('button', { name: 'Create instance' }).click()
  // No operation describes the caller, so there is no test request.
  await page.getByRole('button', { name: 'Save without verifying' }).click()
  await page.waitForURL(/\/instances\/[0-9a-f-]{36}$/)
  await startFlow(page, 'Connectors of this installation')
  await chooseInstance(page, 'This installation')
  await chooseEndpoint(page, 'List connectors')
  await page.getByRole('button', { name: 'Save shape' }).click()
  await runShape(page)
  await expectRunStatus(page, 200)
  await expect(page.getByRole('region', { name: 'Response body' })).toContainText('Patchbay API')
})
