import type { APIResponse, BrowserContext, Request } from '@playwright/test'
import type { Workspace } from './workspace'

/**
 * Searches for planted secrets wherever the product writes: in responses to the browser, in the database, in the log.
 */

/** All forms of a secret: plain, escaped, encoded for URLs and forms, in base64 at any offset. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const offsets = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '')
    // The characters at the edges depend on the adjacent text.
    return text.slice(offset === 0 ? 0 : offset + 1, (bytes.length + offset) % 3 === 0 ? undefined : -1)
  })
  const encoded = [encodeURIComponent(secret), new URLSearchParams({ x: secret }).toString().slice(2)]
  const escaped = [
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  ]
  const base64url = offsets.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const entities = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;')
  return [...new Set([secret, ...encoded, ...escaped, entities, ...offsets, ...base64url, bytes.toString('hex')])]
}

export type Secrets = Record<string, string>

/** The names of the secrets that occur in the text, in any form. */
export function secretsIn(text: string, secrets: Secrets): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => text.includes(form)) ? [name] : [],
  )
}

/** Sealed values and password hashes, which no response may contain. */
const sealedForms = /v1\.[\w-]+\.[\w-]{16,}\.?[\w-]*|\$argon2/

export type Answer = { what: string; text: string }

/**
 * Records every response of the installation to the browser: pages, their data, actions, redirects. Responses are
 * intercepted, because the browser drops the body of a page when it is left.
 */
export async function keepAnswers(context: BrowserContext, { url }: Pick<Workspace, 'url'>): Promise<Answer[]> {
  const answers: Answer[] = []
  await context.route(
    (address) => address.href.startsWith(url) && !address.pathname.startsWith('/_next/static/'),
    async (route) => {
      const response = await route.fetch({ maxRedirects: 0 })
      answers.push(await answerOf(route.request(), response))
      await route.fulfill({ response })
    },
  )
  return answers
}

async function answerOf(request: Request, response: APIResponse): Promise<Answer> {
  const headers = JSON.stringify(response.headersArray())
  const text = `${request.url()}\n${headers}\n${await response.text()}`
  return { what: `${request.method()} ${request.url()}`, text }
}

/** One line per response that contains a secret or a sealed value. */
export function leaks(answers: Answer[], secrets: Secrets): string[] {
  return answers.flatMap(({ what, text }) => {
    const sealed = sealedForms.exec(text)
    return [
      ...secretsIn(text, secrets).map((name) => `${what}: ${name}`),
      ...(sealed ? [`${what}: ${sealed[0].slice(0, 12)}…`] : []),
    ]
  })
}

/** One line per row of the database that contains a secret. */
export async function leaksInDatabase({ sql }: Pick<Workspace, 'sql'>, secrets: Secrets): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
  )
  const found = tables.map(async ({ name }) => {
    const rows = await sql<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)
    return rows.flatMap(({ row }) => secretsIn(row, secrets).map((secret) => `${name}: ${secret}`))
  })
  return (await Promise.all(found)).flat()
}
