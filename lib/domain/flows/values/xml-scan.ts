import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { payloadLimits } from './limits'

export type XmlEvents = {
  /** `begin`: the index of its `<`. `nameEnd`: the index after its name. `end`: the index after its `>`. */
  open: (tag: SaxesTagPlain, place: { begin: number; nameEnd: number; end: number }) => void
  /** Text and CDATA, with character references decoded. */
  text?: (text: string) => void
  /** `end`: the index after its closing tag. */
  close: (end: number) => void
}

/** A sentence about the payload. */
export class XmlProblem extends Error {}

const countedValues = payloadLimits.values.toLocaleString('en-GB')

/**
 * Reads XML as events. Nothing is expanded or fetched: a document type, and with it every entity beyond the five of XML
 * itself, is refused. Anything that is not well-formed is refused, because half of a document must not pass for a whole
 * one.
 */
export function scanXml(text: string, events: XmlEvents): void {
  const parser = new SaxesParser({ xmlns: false })
  let [depth, values, begin, nameEnd] = [0, 0, 0, 0]
  parser.on('error', ({ message }) => {
    throw new XmlProblem(xmlProblem(text, message))
  })
  parser.on('doctype', () => {
    throw new XmlProblem('The payload has a document type declaration (DOCTYPE), which is not read.')
  })
  parser.on('attribute', () => count())
  parser.on('opentagstart', ({ name }) => {
    depth += 1
    count()
    if (depth > payloadLimits.depth)
      throw new XmlProblem(`The payload is nested too deeply to be read (more than ${payloadLimits.depth} levels).`)
    begin = text.lastIndexOf('<', parser.position - 1)
    nameEnd = begin + 1 + name.length
  })
  parser.on('opentag', (tag) => events.open(tag, { begin, nameEnd, end: parser.position }))
  parser.on('closetag', () => {
    depth -= 1
    events.close(parser.position)
  })
  if (events.text) {
    parser.on('text', events.text)
    parser.on('cdata', events.text)
  }
  parser.write(text).close()

  function count(): void {
    values += 1
    if (values > payloadLimits.values)
      throw new XmlProblem(`The payload has too many values to be read (more than ${countedValues}).`)
  }
}

/** The messages of the parser begin with line and column, and may repeat a name of the payload. */
function xmlProblem(text: string, message: string): string {
  if (text.trim() === '') return 'The payload is empty, so it is not XML.'
  const place = /^(\d+):(\d+): /.exec(message)
  return place ? `The payload is not XML: see line ${place[1]}, character ${place[2]}.` : 'The payload is not XML.'
}
