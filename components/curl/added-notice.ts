import type { CurlImport } from '@/lib/instances/curl-import-views'

export type AddedNotice = { kind: 'success' | 'warning'; text: string }

/** What a toast says of a connector from a curl command. Whoever stores credentials learns whether they work (rule R6). */
export function addedNotice(
  name: string,
  { instanceId, verified, problem }: CurlImport,
  { hasCredentials }: { hasCredentials: boolean },
): AddedNotice {
  const added = `“${name}” added.`
  if (problem !== null)
    return {
      kind: 'warning',
      text: instanceId === null ? `“${name}” was added without an instance. ${problem}` : `${added} ${problem}`,
    }
  if (instanceId === null || verified || !hasCredentials) return { kind: 'success', text: added }
  return {
    kind: 'warning',
    text: `${added} Its credentials could not be verified; the instance shows Not verified.`,
  }
}
