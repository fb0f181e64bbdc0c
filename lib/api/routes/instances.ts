import { z } from 'zod'
import { explainInstance } from '@/lib/activity/explain-instance'
import { listTimeline } from '@/lib/activity/timeline/list-timeline'
import { createAuthorisationLink } from '@/lib/authorisations/links/create-authorisation-link'
import { getAuthorisationLink } from '@/lib/authorisations/links/get-authorisation-link'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { listReplacements } from '@/lib/flows/list-replacements'
import { previewReplacement } from '@/lib/flows/preview-replacement'
import { replaceInstance } from '@/lib/flows/replace-instance'
import { createInstance } from '@/lib/instances/create-instance'
import { deleteInstance } from '@/lib/instances/delete-instance'
import { disableInstance } from '@/lib/instances/disable-instance'
import { discardInstance } from '@/lib/instances/discard-instance'
import { enableInstance } from '@/lib/instances/enable-instance'
import { getInstance } from '@/lib/instances/get-instance'
import { listInstances } from '@/lib/instances/list-instances'
import { saveInstance } from '@/lib/instances/save-instance'
import { testInstance } from '@/lib/instances/test-instance'
import type { Refusal } from '@/lib/domain/result'
import { checkInstance } from '@/lib/verification/check-instance'
import { idsOfNewInstance, idsOfValues } from '../instance-ids'
import { act, change, create, list, read, remove, resource, type JsonObject } from '../route'

const instance = resource('/instances/{instanceId}', getInstance)

const keepCertificate = { kind: 'keep' }

/** As the form for a new instance proposes them. */
const newInstance = {
  details: {
    ...{ timeZone: 'UTC', dateFormat: '', rateLimitAmount: null, rateLimitUnit: null, maxConcurrent: null },
    ...{ externalId: '', labels: [] },
  },
  ...{ values: {}, certificate: keepCertificate, withoutVerifying: false },
}

/** Values that are not sent are kept. */
function settingsOf({ details }: JsonObject): JsonObject {
  return { details, values: {}, certificate: keepCertificate, intent: 'save' }
}

/** Credentials that were not accepted were not stored (rule R6). */
function refusalOfOutcome({ kind, report }: JsonObject): Refusal | null {
  if (kind !== 'unverified') return null
  const { outcome, message } = report as { outcome: 'rejected' | 'could_not_tell'; message: string }
  return { code: outcome, message: `${message} Nothing was stored.`, report } as Refusal
}

const link = resource('/instances/{instanceId}/authorisations/{linkId}', getAuthorisationLink)

/**
 * What came of the credentials. If a person has to authorise, a program gets the link that it gives to a person, never the
 * address of the third party (DATA §8).
 */
const saved = {
  schema: z.strictObject({
    verified: z.boolean(),
    problem: z.string().nullable(),
    authorisation: z.strictObject({ id: z.uuid(), url: z.string() }).nullable(),
  }),
  of: ({ verified = false, problem = null, linkId, redirectTo }: JsonObject) => ({
    ...{ verified, problem },
    authorisation: typeof linkId === 'string' ? { id: linkId, url: redirectTo } : null,
  }),
}

export const instanceRoutes = [
  list('/instances', listInstances, 'List the instances that you may use'),
  create('/instances', createInstance, instance, 'Create an instance', {
    defaults: newInstance,
    createdId: ({ instanceId }) => String(instanceId),
    extra: saved,
    ...{ byKey: ['connectorId', 'methodId', 'values'], resolve: idsOfNewInstance, refusalOf: refusalOfOutcome },
  }),
  read(instance, 'Read an instance; secrets are never returned'),
  change(instance, saveInstance, 'Change an instance; secrets that are not sent are kept', {
    ...{ needsRevision: true, baseOf: settingsOf, hides: ['waiting'], extra: saved },
    ...{ byKey: ['values'], resolve: idsOfValues, refusalOf: refusalOfOutcome },
  }),
  remove(instance, deleteInstance, 'Revoke the token of an instance and delete it'),
  act('/instances/{instanceId}/discard', discardInstance, 'Delete an instance that nobody has authorised yet'),
  list('/instances/{instanceId}/endpoints', listOfferedEndpoints, 'List the endpoints that an instance may call'),
  act('/instances/{instanceId}/test', testInstance, 'Test credentials without storing them', {
    defaults: { values: {}, certificate: keepCertificate },
    ...{ byKey: ['values'], resolve: idsOfValues },
  }),
  act('/instances/{instanceId}/check', checkInstance, 'Check the stored credentials of an instance'),
  create(
    '/instances/{instanceId}/authorisations',
    createAuthorisationLink,
    link,
    'Ask a person to authorise an instance; the link is returned once',
  ),
  read(link, 'Read whether a person has authorised an instance'),
  act('/instances/{instanceId}/disable', disableInstance, 'Disable an instance: it sends nothing'),
  act('/instances/{instanceId}/enable', enableInstance, 'Enable an instance'),
  list('/instances/{instanceId}/explanation', explainInstance, 'Read why an instance fails, and what to do'),
  list('/instances/{instanceId}/timeline', listTimeline, 'Read what happened to an instance'),
  list('/instances/{instanceId}/replacements', listReplacements, 'List the instances that can replace one in flows', {
    defaults: { search: '' },
  }),
  act(
    '/instances/{instanceId}/replacements/preview',
    previewReplacement,
    'Read what replacing an instance in flows would do',
  ),
  act('/instances/{instanceId}/replacements', replaceInstance, 'Replace an instance in flows'),
]
