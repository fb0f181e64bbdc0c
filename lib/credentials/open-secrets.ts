import 'server-only'
import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import { SecretBook, type KnownSecrets } from '@/lib/domain/secret-book'
import type { VariableValues } from '@/lib/domain/variables/resolve-variables'
import type { TlsMaterial } from '@/lib/platform/http/tls-context'
import type { CertificateChange, TypedValue } from './instance-settings'
import { addSecretsAmong } from './stored-values'

/**
 * The only code that opens the sealed values of an instance and its method. The result never leaves the code that
 * builds a request (DATA: Sealing).
 */

export type OpenedSecrets = {
  values: Required<Omit<VariableValues, 'shape'>>
  tls: TlsMaterial
  /** The secrets among them, for redaction. */
  opened: KnownSecrets
}

/** @param instanceId null for an instance that does not exist yet; then only the method's values are returned */
export async function openSecrets(
  workspaceId: string,
  methodId: string,
  instanceId: string | null,
): Promise<OpenedSecrets> {
  const db = workspaceDb(workspaceId)
  const noTls: TlsMaterial = {}
  const [method, instance, stored, tls] = await Promise.all([
    openMethodValues(db, workspaceId, methodId),
    instanceId === null ? [] : openInstanceValues(db, workspaceId, instanceId),
    instanceId === null ? [] : openStoredValues(db, workspaceId, instanceId),
    instanceId === null ? noTls : openCertificate(db, workspaceId, instanceId),
  ])
  const opened = new SecretBook()
  addSecretsAmong([...method, ...instance, ...stored], opened)
  opened.addWhole(tls.keyPem)
  return {
    values: { method: asMap(method), instance: asMap(instance), stored: asMap(stored) },
    tls,
    opened,
  }
}

type OpenedValue = { key: string; value: string; secret: boolean }

function asMap(values: OpenedValue[]): Map<string, string> {
  return new Map(values.map(({ key, value }) => [key, value]))
}

async function openMethodValues(db: WorkspaceDb, workspaceId: string, methodId: string): Promise<OpenedValue[]> {
  const rows = await db.methodValue.findMany({
    where: { methodId },
    select: { id: true, variableId: true, sealedValue: true, variable: { select: { secret: true } } },
  })
  return rows.map((row) => {
    const address = { workspaceId, table: 'MethodValue', rowId: row.id, field: 'sealedValue' }
    return { key: row.variableId, value: unseal(sealedIn(row, 'sealedValue'), address), secret: row.variable.secret }
  })
}

async function openInstanceValues(db: WorkspaceDb, workspaceId: string, instanceId: string): Promise<OpenedValue[]> {
  const rows = await db.instanceValue.findMany({
    where: { instanceId },
    select: { id: true, variableId: true, value: true, sealedValue: true },
  })
  return rows.map((row) => {
    const sealed = sealedIn(row, 'sealedValue')
    const address = { workspaceId, table: 'InstanceValue', rowId: row.id, field: 'sealedValue' }
    const value = sealed === null ? (row.value ?? '') : unseal(sealed, address)
    return { key: row.variableId, value, secret: sealed !== null }
  })
}

async function openStoredValues(db: WorkspaceDb, workspaceId: string, instanceId: string): Promise<OpenedValue[]> {
  const rows = await db.keptValue.findMany({
    where: { instanceId },
    select: { id: true, key: true, sealedValue: true, secret: true },
  })
  return rows.map((row) => {
    const address = { workspaceId, table: 'KeptValue', rowId: row.id, field: 'sealedValue' }
    return { key: row.key, value: unseal(sealedIn(row, 'sealedValue'), address), secret: row.secret }
  })
}

async function openCertificate(db: WorkspaceDb, workspaceId: string, instanceId: string): Promise<TlsMaterial> {
  const row = await db.certificate.findFirst({
    where: { instanceId },
    select: { id: true, certificatePem: true, sealedKey: true, caPem: true },
  })
  if (!row) return {}
  const sealed = sealedIn(row, 'sealedKey')
  const address = { workspaceId, table: 'Certificate', rowId: row.id, field: 'sealedKey' }
  const keyPem = sealed === null ? null : unseal(sealed, address)
  return { certificatePem: row.certificatePem, keyPem, caPem: row.caPem }
}

/** Stored values replaced by typed ones. Untouched values stay (rule R10). */
export function withTyped(stored: OpenedSecrets, typed: TypedValue[], certificate: CertificateChange): OpenedSecrets {
  const instance = new Map(stored.values.instance)
  for (const { variableId, value } of typed) {
    if (value === null) instance.delete(variableId)
    else instance.set(variableId, value)
  }
  return {
    values: { ...stored.values, instance },
    tls: changedTls(stored.tls, certificate),
    opened: stored.opened,
  }
}

function changedTls(stored: TlsMaterial, change: CertificateChange): TlsMaterial {
  if (change.kind === 'keep') return stored
  if (change.kind === 'remove') return {}
  return { certificatePem: change.certificatePem, keyPem: change.keyPem, caPem: change.caPem }
}
