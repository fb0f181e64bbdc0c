import 'server-only'
import { succeed } from '@/lib/domain/result'
import { type RequestDetail, requestDetail } from './views'
import { operation } from '@/lib/operations/operation'
import { requestKeySchema } from './schema'
import { keyOf, summaryColumns, gone, summaryOf, namesOf } from './request-rows'

export const getRequest = operation({
  name: 'get_request',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: requestKeySchema,
  output: requestDetail,
  run: async ({ db }, { id, at }) => {
    const key = keyOf(id, at)
    const row =
      key &&
      (await db.requestLog.findFirst({
        where: key,
        select: { ...summaryColumns, requestHeaders: true, responseHeaders: true },
      }))
    if (!row) return gone()
    const { requestHeaders, responseHeaders, ...summary } = row
    const headers = { requestHeaders, responseHeaders } as Pick<RequestDetail, 'requestHeaders' | 'responseHeaders'>
    return succeed({ ...summaryOf(summary, await namesOf([row])), ...headers })
  },
})
