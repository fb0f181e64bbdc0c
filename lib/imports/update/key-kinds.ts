import { presetFormat } from '../preset-format'
import { connectionDocument } from '../connection-format'

/** Whether the methods and endpoints of a document have the keys of Patchbay, not those of another format. */
export function hasOwnKeys(format: string): boolean {
  return format === connectionDocument || format === presetFormat
}

/** Whether the keys in two documents may identify the same things. */
export function keysOf(before: string, now: string): 'comparable' | 'different' {
  const kindOf = (format: string) => (hasOwnKeys(format) ? 'own' : format.split(' ')[0])
  return kindOf(before) === kindOf(now) ? 'comparable' : 'different'
}
