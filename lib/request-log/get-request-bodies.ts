import 'server-only'
import { sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { type RequestBodies, requestBodies } from './views'
import { operation } from '@/lib/operations/operation'
import { requestKeySchema } from './schema'
import { keyOf, gone } from './request-rows'

const bodyColumns = {
  id: true,
  workspaceId: true,
  sealedRequestBody: true,
  sealedResponseBody: true,
  truncated: true,
} as const satisfies Prisma.RequestLogBodySelect

/** Secrets were removed before the bodies were sealed, so a person who may see the line may see them. */
function openBodies(row: Prisma.RequestLogBodyGetPayload<{ select: typeof bodyColumns }>): Result<RequestBodies> {
  const address = { workspaceId: row.workspaceId, table: 'RequestLogBody', rowId: row.id }
  const opened = (field: 'sealedRequestBody' | 'sealedResponseBody') => {
    const sealed = sealedIn(row, field)
    return sealed === null ? null : unseal(sealed, { ...address, field })
  }
  try {
    return succeed({
      kept: true,
      requestBody: opened('sealedRequestBody'),
      responseBody: opened('sealedResponseBody'),
      truncated: row.truncated,
    })
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error
    return refuse(
      'key_unknown',
      'The bodies were sealed with an encryption key that this server no longer has. An administrator of the server can add it to PATCHBAY_ENCRYPTION_KEYS.',
    )
  }
}

export const getRequestBodies = operation({
  name: 'get_request_bodies',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: requestKeySchema,
  output: requestBodies,
  run: async ({ db }, { id, at }) => {
    const key = keyOf(id, at)
    const line =
      key && (await db.requestLog.findFirst({ where: key, select: { requestBytes: true, responseBytes: true } }))
    if (!key || !line) return gone()
    const row = await db.requestLogBody.findFirst({ where: key, select: bodyColumns })
    if (row) return openBodies(row)
    return succeed({
      kept: line.requestBytes + line.responseBytes === 0,
      requestBody: null,
      responseBody: null,
      truncated: false,
    })
  },
})
