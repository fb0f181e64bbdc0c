import { expect, type Page } from '@playwright/test'
import { connectorDocumentSchema } from '@/lib/imports/document-schema'
import type { RequestRecord } from '@/tests/sandbox/control/control'
import {
  addMethod,
  expectRunStatus,
  fillInstance,
  replaceSecret,
  runShape,
  saveMethod,
  setTestRequest,
} from './journey'
import { seedConnector, seedFlow } from './seed'
import type { Workspace } from './workspace'

/** One way to authenticate, from its method to a request that the third party accepts. */
export type Way = {
  /** The connector's name, which the method and the instance are named after. */
  name: string
  /** The type's name in the form. */
  type: string
  /** One of the well-known signatures. */
  startFrom?: string
  /** The prefix of /whoami and /orders where the third party uses this authentication. */
  baseUrl: string
  /** Fills in *Authentication setup* before it is saved. */
  build?: (page: Page) => Promise<void>
}

export const methodOf = ({ name }: Way) => `${name} method`
export const instanceOf = ({ name }: Way) => `${name} instance`

/**
 * Creates a method on the screens of an existing connector, with one endpoint that accepts it.
 * @returns the connector's path
 */
export async function buildMethod(page: Page, way: Way, workspace: Workspace): Promise<string> {
  const connectorId = await seedConnector(
    workspace,
    connectorDocumentSchema.parse({
      ...{ patchbay: 1, kind: 'connector', name: way.name, baseUrl: way.baseUrl },
      endpoints: [{ name: 'orders', entityType: 'Orders', url: '/orders?status=open&limit=2' }],
    }),
  )
  const path = `/connectors/${connectorId}`
  await addMethod(page, path, methodOf(way), way.type, way.startFrom)
  await way.build?.(page)
  await setTestRequest(page, '/whoami')
  await saveMethod(page)
  await workspace.sql(
    `INSERT INTO "Enablement" ("workspaceId", "connectorId", "endpointId", "methodId")
     SELECT m."workspaceId", m."connectorId", e."id", m."id"
     FROM "AuthenticationMethod" m JOIN "Endpoint" e USING ("connectorId") WHERE m."connectorId" = $1`,
    [connectorId],
  )
  return path
}

export type Credentials = {
  /** By label. */
  values: Record<string, string>
  /** One of the secrets, with a value that the third party rejects. */
  wrong: { label: string; value: string }
}

/** Add new instance*, filled in but not created. */
export async function fillCredentials(page: Page, way: Way, values: Record<string, string>): Promise<void> {
  await fillInstance(page, way.name, { name: instanceOf(way), method: methodOf(way), values })
}

/** An instance whose first credentials are rejected and not saved, and whose second ones are saved (rule R6). */
export async function addVerifiedInstance(page: Page, way: Way, { values, wrong }: Credentials): Promise<void> {
  await fillCredentials(page, way, { ...values, [wrong.label]: wrong.value })
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Rejected' })).toContainText('the instance was not created')
  await page.getByLabel(wrong.label, { exact: true }).fill(values[wrong.label]!)
  await page.getByRole('button', { name: 'Create instance' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/instances/new'))
}

/** Instance settings* of a connected instance, on the tab with its credentials. */
export async function openCredentials(page: Page, way: Way): Promise<void> {
  await page.goto(`/connectors?q=${encodeURIComponent(way.name)}`)
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: instanceOf(way) })
      .last(),
  ).toContainText('Connected')
  await page
    .getByRole('link', { name: `Settings for ${instanceOf(way)}`, exact: true })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
}

/** *Test instance connection*, with the stored credentials and with a wrong secret. */
export async function testConnection(page: Page, way: Way, { wrong }: Credentials): Promise<void> {
  await openCredentials(page, way)
  const test = page.getByRole('button', { name: 'Test instance connection' })
  await test.click()
  await expect(page.getByRole('status').filter({ hasText: 'Accepted' })).toBeVisible()
  await replaceSecret(page, wrong.label, wrong.value)
  await test.click()
  await expect(page.getByRole('alert').filter({ hasText: 'Rejected' })).toBeVisible()
  await page.getByRole('button', { name: 'Discard changes' }).click()
}

/** Runs the endpoint from a connection shape. @returns the request that the third party has accepted */
export async function runEndpoint(page: Page, way: Way, workspace: Workspace): Promise<RequestRecord> {
  const [use] = await workspace.sql<{ connectorId: string; instanceId: string; endpointId: string }>(
    `SELECT i."connectorId", i."id" AS "instanceId", e."id" AS "endpointId"
     FROM "Instance" i JOIN "Endpoint" e USING ("connectorId") WHERE i."workspaceId" = $1 AND i."name" = $2`,
    [workspace.workspaceId, instanceOf(way)],
  )
  const { path } = await seedFlow(workspace, { name: `${way.name} orders`, ...use! })
  await page.goto(path)
  await runShape(page)
  await expectRunStatus(page, 200)
  await expect(page.getByRole('region', { name: 'Response body' })).toContainText('"orders"')
  const arrived = await workspace.sandbox.control.getRequests()
  const accepted = arrived.findLast(({ url, status }) => url.includes('/orders?') && status === 200)
  expect(accepted, 'an accepted request').toBeDefined()
  return accepted!
}

/** Checks that the run shows where the credential was sent, but never the credential. */
export async function shownRequest(page: Page): Promise<string> {
  await page.getByRole('region', { name: 'Run result' }).getByRole('tab', { name: 'Request' }).click()
  return page.getByRole('region', { name: 'Request', exact: true }).innerText()
}
