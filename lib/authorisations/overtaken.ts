import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { sameJson } from '@/lib/domain/same-json'
import { instanceDetailsOf } from '@/lib/credentials/instance-details'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import type { WaitingCredentials } from '@/lib/credentials/origins-change'
import type { Context } from '@/lib/operations/operation'
import { waitingLink } from './links/link-settings'
import { latestWaiting, noLongerStored, type InstanceKey } from './pending'
import { openPendingSettings, type PendingSettings } from './pending-settings'
import type { SettingsBefore } from './settings-before'
import { waitsUntil } from './waiting-time'

/**
 * What a person typed before they went to the third party, if somebody else saved the instance in the meantime. Neither
 * version is applied: the person chooses between them (rule R12).
 */
export type Overtaken = { settings: InstanceSettings; before: SettingsBefore }

type Stored = { id: string; workspaceId: string; sealedSettings: string; createdAt: Date }

/** An authorisation that a person has to confirm at the third party. */
export type PendingAuthorisation = {
  settings: InstanceSettings
  expiresAt: string
  /** False after it was denied, failed or took too long. The settings can still be used to authorise again. */
  live: boolean
}

/**
 * What this person typed for an authorisation and is still stored: pending as long as the instance has not changed since,
 * otherwise overtaken unless nothing was typed.
 */
export async function waitingFor(
  context: Context,
  instance: InstanceKey,
): Promise<{ pending: PendingAuthorisation | null; overtaken: Overtaken | null }> {
  if (context.actor.kind === 'api_key') return { pending: await sentWithLink(context, instance), overtaken: null }
  const row = await latestWaiting(context, instance.id)
  if (!row) return { pending: null, overtaken: null }
  const opened = openPendingSettings(context.workspaceId, row)
  if (row.instanceRevision !== instance.revision) return { pending: null, overtaken: typedIn(opened) }
  const pending = {
    settings: opened.settings,
    expiresAt: waitsUntil(row).toISOString(),
    live: row.state === 'live' && row.expiresAt > new Date(),
  }
  return { pending, overtaken: null }
}

/** A program sees what it sent with a link, like a person what they typed. */
async function sentWithLink(context: Context, instance: InstanceKey): Promise<PendingAuthorisation | null> {
  const link = await waitingLink(context, instance)
  return link && { settings: link.settings, expiresAt: waitsUntil(link).toISOString(), live: link.live }
}

/** What the person chose of it: the waiting values of these variables, and the certificate if asked for. */
export async function chosenOfOvertaken(
  context: Context,
  instance: InstanceKey,
  chosen: { values: readonly string[]; certificate: boolean },
): Promise<Result<WaitingCredentials>> {
  const { overtaken } = await waitingFor(context, instance)
  if (!overtaken) return refuse('state_expired', noLongerStored)
  const { values, certificate } = overtaken.settings
  const stored = new Set(values.map(({ variableId }) => variableId))
  // Another authorisation that this person began since, in another tab, may have replaced what their form names.
  if (chosen.values.some((id) => !stored.has(id)) || (chosen.certificate && certificate.kind === 'keep'))
    return refuse('state_expired', noLongerStored)
  return succeed({
    values: values.filter(({ variableId }) => chosen.values.includes(variableId)),
    certificate: chosen.certificate ? certificate : { kind: 'keep' },
    typedWith: { before: valuesOf(overtaken.before), values },
  })
}

/** In place of a secret: no host can be rendered with it, so a URL that needs it has no origin. */
const unknownSecret = ' '

function valuesOf({ values }: SettingsBefore): ReadonlyMap<string, string> {
  return new Map(Object.entries(values).map(([id, { value }]) => [id, value === '' ? unknownSecret : value]))
}

/** Whether something that was typed for this authorisation is still stored. */
export function isTypedStored(pending: Stored): boolean {
  if (pending.sealedSettings === '' || waitsUntil(pending) <= new Date()) return false
  return typedIn(openPendingSettings(pending.workspaceId, pending)) !== null
}

function typedIn({ settings, before }: PendingSettings): Overtaken | null {
  if (before === null) return null
  const { values, certificate } = settings
  const isTyped =
    values.length > 0 || certificate.kind !== 'keep' || !sameJson(instanceDetailsOf(settings), before.details)
  return isTyped ? { settings, before } : null
}
