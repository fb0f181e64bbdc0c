import { parseUrlTemplate } from './url-template'

/** Whether the variable is the beginning of the URL, its scheme and host. */
export function beginsWithVariable(url: string, key: string): boolean {
  const template = parseUrlTemplate(url)
  const origin = template.ok ? template.value.origin : null
  return origin?.kind === 'variable' && origin.part.name === key
}
