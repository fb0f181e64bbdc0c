/** Whether objects and lists are nested in more levels than allowed. Not recursive, because they may have a million. */
export function isDeep(value: unknown, most: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true
    const next: unknown[] = []
    for (const each of level)
      if (typeof each === 'object' && each !== null)
        for (const child of Object.values(each)) if (typeof child === 'object' && child !== null) next.push(child)
    level = next
  }
  return false
}
