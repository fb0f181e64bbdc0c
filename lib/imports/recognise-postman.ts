import { isObject } from '@/lib/domain/is-object'

const schema = /schema\.(?:get)?postman\.com\/(?:json\/)?collection\/v(\d\.\d)/

/** Whether a text may be a Postman collection, or an environment of one. */
export function mayBePostman(source: string): boolean {
  return /schema\.(?:get)?postman\.com|_postman_(?:id|variable_scope|exported_using)/.test(source)
}

/** A collection as Postman exports it, or as its API responds with it: inside `collection`. */
export function isCollection(root: unknown): root is Record<string, unknown> {
  if (!isObject(root)) return false
  if (isObject(root.collection)) return isCollectionItself(root.collection)
  return isCollectionItself(root)
}

function isCollectionItself({ info, item }: Record<string, unknown>): boolean {
  if (!isObject(info)) return false
  const isNamed = (typeof info.schema === 'string' && schema.test(info.schema)) || typeof info._postman_id === 'string'
  return isNamed || Array.isArray(item)
}

/** Variables with their values, which belong to a collection: an environment, or the globals of a workspace. */
export function isEnvironment(root: unknown): root is Record<string, unknown> {
  if (!isObject(root)) return false
  const { values, _postman_variable_scope: scope } = root
  return Array.isArray(values) && (typeof scope === 'string' || typeof root.name === 'string')
}

/** The format with its version: `Postman collection 2.1`. */
export function postmanFormat(root: Record<string, unknown>): string {
  const { info } = isObject(root.collection) ? root.collection : root
  const given = isObject(info) && typeof info.schema === 'string' ? (schema.exec(info.schema)?.[1] ?? '') : ''
  return given === '' ? 'Postman collection' : `Postman collection ${given}`
}
