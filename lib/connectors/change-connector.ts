import 'server-only'
import type { Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { checkDetails } from './check-details'
import { readIcon } from './read-icon'
import type { CreateConnector } from './schema'

/** Makes a change in one transaction. A taken name is reported at its field. */
export async function change<Value>(
  transaction: Context['transaction'],
  details: Pick<CreateConnector, 'name' | 'versionLabel'> | null,
  work: (tx: WorkspaceTransaction) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await transaction(work)
  } catch (error) {
    if (!details || !uniqueViolation(error)) throw error
    return refuse('name_taken', nameTaken(details), 'name')
  }
}

export function nameTaken({ name, versionLabel }: Pick<CreateConnector, 'name' | 'versionLabel'>): string {
  if (versionLabel === '')
    return `There is already a connector called “${name}”. Choose another name, or give this one a version label.`
  return `There is already a connector called “${name}” with the version “${versionLabel}”. Choose another name or version.`
}

/** Checks the details and the icon, and returns the columns of the row. */
export function columnsOf({ icon, ...details }: CreateConnector) {
  const checked = checkDetails(details)
  if (!checked.ok) return checked
  const image = icon === 'keep' || icon === 'remove' ? null : readIcon(new Uint8Array(Buffer.from(icon, 'base64')))
  if (image && !image.ok) return image
  return succeed({
    ...details,
    foldedName: foldName(details.name),
    foldedVersion: foldName(details.versionLabel),
    rateLimitUnit: details.rateLimitAmount === null ? null : details.rateLimitUnit,
    ...(image && { icon: new Uint8Array(image.value.bytes), iconType: image.value.type }),
    ...(icon === 'remove' && { icon: null, iconType: null }),
  })
}
