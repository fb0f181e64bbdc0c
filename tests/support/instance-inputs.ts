import type { PersonActor } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { createInstanceWith, type StartAuthorisation } from '@/lib/instances/create-instance'
import { getInstance } from '@/lib/instances/get-instance'
import { saveInstanceWith } from '@/lib/instances/save-instance'
import { createInstanceSchema, saveInstanceSchema, testInstanceSchema } from '@/lib/instances/schema'
import { testInstance } from '@/lib/instances/test-instance'
import { beginAuthorisation } from '@/lib/authorisations/begin-authorisation'
import type { Acme, AcmeMethod } from './acme-builders'
import { next } from './builders'

/** The input of the forms of an instance, through the same schemas, with values by the variables' keys. */

export const browserSecret = 'the-secret-of-the-browser-that-began'
export const redirectUri = 'http://localhost:3000/oauth/authenticate'

/** Like the server action, but without a browser's request. */
export const beginInTest: StartAuthorisation = async (context, input) => {
  const begun = await beginAuthorisation(context, { ...input, browserSecret, redirectUri })
  return begun.ok ? succeed({ redirectTo: begun.value.redirectTo, linkId: null }) : begun
}

export const plainDetails = {
  timeZone: 'UTC',
  dateFormat: '',
  rateLimitAmount: '',
  rateLimitUnit: 'second',
  maxConcurrent: '',
}

type Certificate =
  { pem?: string; keyPem?: string; pkcs12Base64?: string; passphrase?: string; caPem?: string } | 'remove'

function certificateOf(certificate: Certificate | undefined) {
  if (certificate === undefined) return { kind: 'keep' }
  if (certificate === 'remove') return { kind: 'remove' }
  return { kind: 'replace', pem: '', keyPem: '', pkcs12Base64: '', passphrase: '', caPem: '', ...certificate }
}

function byId(method: AcmeMethod, values: Record<string, string>) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [method.variables[key] ?? key, value]))
}

type Given = {
  name?: string
  details?: Partial<typeof plainDetails>
  certificate?: Certificate
  withoutVerifying?: boolean
  connectorId?: string
}

export function createInput(acme: Acme, method: AcmeMethod, values: Record<string, string>, given: Given = {}) {
  return {
    connectorId: given.connectorId ?? acme.connectorId,
    methodId: method.id,
    details: { name: given.name ?? `New instance ${next()}`, ...plainDetails, ...given.details },
    values: byId(method, values),
    certificate: certificateOf(given.certificate),
    withoutVerifying: given.withoutVerifying ?? false,
  }
}

export function create(
  actor: PersonActor,
  acme: Acme,
  method: AcmeMethod,
  values: Record<string, string>,
  given: Given = {},
) {
  return createInstanceWith(beginInTest)(actor, createInstanceSchema.parse(createInput(acme, method, values, given)))
}

/** The id of a stored instance. */
export async function created(...input: Parameters<typeof create>): Promise<string> {
  const result = await create(...input)
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  if (result.value.kind !== 'saved') throw new Error(JSON.stringify(result.value))
  return result.value.instanceId
}

type SaveGiven = {
  name?: string
  details?: Partial<typeof plainDetails>
  certificate?: Certificate
  intent?: string
  revision?: number
  waiting?: { values: string[]; certificate: boolean }
}

/** Saves like a form that was just opened, or that was opened at the given revision. */
export async function save(
  actor: PersonActor,
  instanceId: string,
  method: AcmeMethod,
  values: Record<string, string>,
  given: SaveGiven = {},
) {
  const { name, details, revision } = await shown(actor, instanceId)
  const { timeZone, dateFormat } = details
  return saveInstanceWith(beginInTest)(
    actor,
    saveInstanceSchema.parse({
      instanceId,
      revision: given.revision ?? revision,
      details: { ...plainDetails, timeZone, dateFormat, name: given.name ?? name, ...given.details },
      values: byId(method, values),
      certificate: certificateOf(given.certificate),
      ...(given.waiting && { waiting: given.waiting }),
      intent: given.intent ?? 'save',
    }),
  )
}

export function testConnection(
  actor: PersonActor,
  instanceId: string,
  method: AcmeMethod,
  values: Record<string, string>,
  certificate?: Certificate,
) {
  return testInstance(
    actor,
    testInstanceSchema.parse({ instanceId, values: byId(method, values), certificate: certificateOf(certificate) }),
  )
}

export async function shown(actor: PersonActor, instanceId: string) {
  const found = await getInstance(actor, { instanceId })
  if (!found.ok) throw new Error(`${found.error.code}: ${found.error.message}`)
  return found.value
}
