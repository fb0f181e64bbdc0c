import { readingLimits } from './limits'
import { placeOf, type Node } from './nodes'
import { storable } from './texts'

/**
 * What the report says about a part of the document: `invalid` (it is malformed, or a reference leads nowhere),
 * `not_imported` (it is valid, but Patchbay cannot represent it), `changed` (imported in another form), `limit` (left
 * out or cut because of a limit), `note` (nothing is lost; worth knowing).
 */
export const reportKinds = ['invalid', 'not_imported', 'changed', 'limit', 'note'] as const
export type ReportKind = (typeof reportKinds)[number]

/**
 * `pointer`: a JSON pointer (RFC 6901) into the document as it was given; for a part of another file `file#pointer`.
 */
export type ReportLine = { pointer: string; kind: ReportKind; message: string }

type Tally = { line: Omit<ReportLine, 'message'>; count: number; message: (count: number) => string }

/** Collects the lines of the report. The same line about the same part is listed once, however often the part is used. */
export class Report {
  readonly #lines: ReportLine[] = []
  readonly #seen = new Set<string>()
  readonly #tallies = new Map<string, Tally>()
  #omitted = 0

  add(kind: ReportKind, node: Pick<Node, 'pointer' | 'file'>, message: string): void {
    this.#push({ pointer: pointerOf(node), kind, message: storable(message) })
  }

  /**
   * For what occurs in almost every operation and would hide the rest: one line at the first occurrence, with a number.
   */
  tally(kind: ReportKind, node: Pick<Node, 'pointer' | 'file'>, message: (count: number) => string, key: string): void {
    const tally = this.#tallies.get(key)
    if (tally) tally.count += 1
    else this.#tallies.set(key, { line: { pointer: pointerOf(node), kind }, count: 1, message })
  }

  /** All lines so far, in the order in which the document was read; the numbers come last. */
  lines(): ReportLine[] {
    const counted = [...this.#tallies.values()].map(({ line, count, message }) => ({
      ...line,
      message: storable(message(count)),
    }))
    const rest: ReportLine[] =
      this.#omitted === 0
        ? []
        : [{ pointer: '', kind: 'limit', message: `The report has ${this.#omitted.toLocaleString('en')} more lines.` }]
    return [...this.#lines, ...counted, ...rest]
  }

  #push(line: ReportLine): void {
    if (this.#lines.length >= readingLimits.reportLines) {
      this.#omitted += 1
      return
    }
    const identity = `${line.pointer} ${line.message}`
    if (this.#seen.has(identity)) return
    this.#seen.add(identity)
    this.#lines.push(line)
  }
}

function pointerOf({ file, pointer }: Pick<Node, 'pointer' | 'file'>): string {
  return storable(placeOf({ file, pointer: shortened(pointer) }))
}

/** A name of 1 MB must not make a line of 1 MB. */
function shortened(pointer: string): string {
  if (pointer.length <= readingLimits.pointer) return pointer
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/', readingLimits.pointer)))
}
