import type { JsonSchema } from './json-schema'

/** The named parts of the document, to which others refer. */

export type Components = Map<string, JsonSchema>

export const ref = (kind: 'schemas' | 'responses' | 'headers', name: string): JsonSchema => ({
  $ref: `#/components/${kind}/${name}`,
})

export const rateLimitHeaders = {
  RateLimit: ref('headers', 'RateLimit'),
  'RateLimit-Policy': ref('headers', 'RateLimit-Policy'),
}
