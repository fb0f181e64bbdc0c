import { isObject } from '@/lib/domain/is-object'
import { storable } from './openapi/texts'

/** Whether a text may be an OpenAPI document: it has the key with the version that every one has. */
export function mayBeOpenApi(source: string): boolean {
  return /(?:^|[\s{,])["']?(?:openapi|swagger)["']?\s*:/.test(source)
}

/** A sentence in YAML may begin with `openapi:` too. */
export function isOpenApi(root: unknown): root is Record<string, unknown> {
  if (!isObject(root)) return false
  const version = root.openapi ?? root.swagger
  return (typeof version === 'string' || typeof version === 'number') && /^\d/.test(String(version))
}

const longestVersion = 20

/** The format with its version: `OpenAPI 3.0.3`. */
export function openApiFormat(root: Record<string, unknown>): string {
  return storable(`OpenAPI ${String(root.openapi ?? root.swagger).slice(0, longestVersion)}`)
}
