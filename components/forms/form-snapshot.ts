/** What a form would send, as text, to tell whether anything changed. */
export function snapshotForm(form: HTMLFormElement): string {
  const entries: [string, string][] = []
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith('$')) continue
    entries.push([
      name,
      typeof value === 'string' ? value.replaceAll('\r\n', '\n') : `${value.name} ${value.size} ${value.lastModified}`,
    ])
  }
  return JSON.stringify(entries.filter(([, value]) => value !== '  0 ' && !value.startsWith(' 0 ')))
}
