import type { HttpMethod } from '../vocabulary'

const verbs: Partial<Record<HttpMethod, string>> = {
  POST: 'Create',
  PUT: 'Replace',
  PATCH: 'Update',
  DELETE: 'Delete',
}

/** The name of an endpoint that has none: `GET /orders` → "List orders", `GET /orders/{id}` → "Get order", `POST /orders` → "Create order". */
export function derivedName(method: HttpMethod, path: string): string {
  const segments = path
    .replace(/^https?:\/\/[^/]*/i, '')
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((segment) => segment !== '')
  const isVariable = (segment: string) => /[{}]|^:/.test(segment)
  const last = segments.findLast((segment) => !isVariable(segment)) ?? 'root'
  const words = last
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/\.\w+$/, '')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase()
  const ofOne = segments.length > 0 && isVariable(segments.at(-1)!)
  if (method === 'GET') return ofOne ? `Get ${singular(words)}` : `List ${words}`
  const verb = verbs[method]
  return verb === undefined ? `${method} ${words}` : `${verb} ${singular(words)}`
}

function singular(words: string): string {
  if (/ies$/.test(words)) return words.replace(/ies$/, 'y')
  if (/(?:status|bonus|virus|campus|\bbus|ss|x|(?<!\bca)ch|sh)es$/.test(words)) return words.slice(0, -2)
  return /[^su]s$/.test(words) ? words.slice(0, -1) : words
}
