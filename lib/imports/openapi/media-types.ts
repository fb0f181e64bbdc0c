import type { BodyFormat } from '@/lib/domain/vocabulary'

/** `application/json; charset=utf-8` → `application/json`. */
export function plainType(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase()
}

export function isJson(mediaType: string): boolean {
  return /^(?:application\/(?:[\w.+-]+\+)?json|text\/json|text\/x-json)$/.test(plainType(mediaType))
}

function isXml(mediaType: string): boolean {
  return /^(?:application|text)\/(?:[\w.+-]+\+)?xml$/.test(plainType(mediaType))
}

/** The body format of a media type. */
export function formatOf(mediaType: string): Exclude<BodyFormat, 'none'> {
  const type = plainType(mediaType)
  if (isJson(type) || type === '*/*' || type === 'application/*') return 'json'
  if (type === 'application/x-www-form-urlencoded') return 'form'
  if (type.startsWith('multipart/')) return 'multipart'
  if (isXml(type)) return 'xml'
  return type === 'text/plain' || type === 'text/*' ? 'text' : 'raw'
}

const preference = ['json', 'form', 'multipart', 'xml', 'text', 'raw'] as const

/** The media type that Patchbay can fill best; of equal ones the first. */
export function preferred(mediaTypes: readonly string[]): string | undefined {
  const rank = (type: string) =>
    preference.indexOf(formatOf(type)) * 2 + (plainType(type) === 'application/json' ? 0 : 1)
  return [...mediaTypes].sort((one, other) => rank(one) - rank(other))[0]
}
