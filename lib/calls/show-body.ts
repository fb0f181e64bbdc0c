import { textOf } from '@/lib/domain/responses/response'
import { countRecords } from '@/lib/domain/responses/json-path'
import { jsonProblem, jsonProblems, parseJson } from '@/lib/domain/responses/json-limits'
import type { Pagination } from '@/lib/domain/pagination-schema'
import { nextPage } from '@/lib/domain/pagination/next-page'
import type { PagePosition } from '@/lib/domain/pagination/page-position'
import { createRedactor } from '@/lib/domain/redaction'
import { SecretBook } from '@/lib/domain/secret-book'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'
import { marginOf } from '@/lib/request-log/logged-body'
import type { ExchangeReport } from './exchange-report'

/** In characters: as much as a screen can show without trouble. The whole response was read and counted. */
const longestShown = 1_000_000

export type ShownBody = Omit<ExchangeReport['response'], 'status' | 'headers' | 'bytes'> & Pick<ExchangeReport, 'page'>

type Received = {
  body: Uint8Array
  /** The endpoint's data path. */
  dataPath: string
  secrets: readonly string[]
  /** Names of fields with credentials. */
  fieldNames: readonly string[]
  /** The page that was asked for, if the response is one. */
  page: AskedPage | null
}

export type AskedPage = {
  pagination: Pagination
  position: PagePosition
  /** The keys of earlier pages. */
  seen: readonly string[]
  status: number
  headers: [name: string, value: string][]
}

/**
 * A response as shown on a screen. It is cut first, with a margin, so that only the visible part has to be redacted.
 */
export const showBody = bodyQuestion('show_body', ({ body, dataPath, page, ...hidden }: Received): ShownBody => {
  const text = textOf({ body })
  const problem = jsonProblem(text)
  const json = problem === null ? parseJson(text) : undefined
  const secrets = SecretBook.of(...hidden.secrets)
  const window = text.slice(0, longestShown + marginOf(secrets))
  const clean = createRedactor({ secrets, fieldNames: hidden.fieldNames }).body(window)
  const isWhole = window.length === text.length
  // A secret may be cut in two at the end of the window.
  const sure = isWhole ? longestShown : Math.max(0, clean.length - marginOf(secrets))
  const shown = clean.slice(0, Math.min(longestShown, sure))
  return {
    body: shown,
    truncated: !isWhole || shown.length < clean.length,
    isJson: json !== undefined,
    recordCount: json === undefined ? null : countRecords(json, dataPath),
    page: page && {
      number: page.position.number,
      next: nextPage(page.pagination, {
        ...{ position: page.position, dataPath, secrets: hidden.secrets },
        response: { status: page.status, headers: page.headers, body },
        isSeen: (key) => page.seen.includes(key),
      }),
    },
    problem: problem && `The response ${jsonProblems[problem]}. It is shown as text, and its records are not counted.`,
  }
})
