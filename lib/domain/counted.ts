/** “1 endpoint”, “1,204 endpoints”, “0 entries”. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}
