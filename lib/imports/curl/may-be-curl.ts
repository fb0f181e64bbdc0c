/** The format of a command, as people see it. */
export const curlCommand = 'curl command'

/** What may stand before the command when it is copied from a terminal or a document: a prompt, or a fence. */
const before = /^(?:\s|```\w*\n|[$%>]\s)*/

/** Whether a pasted text may be a curl command: it begins with the word. */
export function mayBeCurl(source: string): boolean {
  return /^(?:\S{0,200}[\\/])?curl(?:\.exe)?(?:\s|$|\^?["'\\])/i.test(source.slice(lengthBefore(source)).slice(0, 300))
}

/** The text from the word `curl`, without a prompt and without the fence of a code block. */
export function withoutSurroundings(source: string): string {
  const text = source.slice(lengthBefore(source)).trimEnd()
  return text.endsWith('```') ? text.slice(0, -3).trimEnd() : text
}

function lengthBefore(source: string): number {
  return before.exec(source)?.[0].length ?? 0
}
