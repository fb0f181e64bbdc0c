import type { ReportKind, ReportLine } from '../openapi/report'
import { curlLimits } from './limits'

/**
 * What of a command could not be represented, or in another form. In place of a JSON pointer a line has the option or
 * the header that it is about. No line contains a value of the command, which may be a secret.
 */
export class CurlNotes {
  readonly lines: ReportLine[] = []

  add(kind: ReportKind, about: string, message: string): void {
    if (!this.lines.some((line) => line.pointer === about && line.message === message))
      this.lines.push({ kind, pointer: about, message })
  }

  /** One line for several options or headers, each named once. */
  addAll(kind: ReportKind, about: readonly string[], message: string): void {
    const names = [...new Set(about)]
    if (names.length === 0) return
    const more = names.length - curlLimits.named
    const shown = names.slice(0, curlLimits.named).join(', ')
    this.add(kind, more > 0 ? `${shown} and ${more} more` : shown, message)
  }
}
