import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { systemDb } from '@/lib/platform/db/client'

/** Every body of the request log, opened, as someone with the key would read it. */
export async function openLoggedBodies(): Promise<string[]> {
  const rows = await systemDb().requestLogBody.findMany({
    omit: { sealedRequestBody: false, sealedResponseBody: false },
  })
  return rows.flatMap(({ id, workspaceId, ...row }) =>
    (['sealedRequestBody', 'sealedResponseBody'] as const).flatMap((field) => {
      const sealed = sealedIn(row, field)
      return sealed === null ? [] : [unseal(sealed, { workspaceId, table: 'RequestLogBody', rowId: id, field })]
    }),
  )
}
