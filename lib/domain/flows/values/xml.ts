import { xmlEscape } from '../../encoding'
import { refuse, succeed, type Result } from '../../result'
import { ExactNumber, isValueObject, setProperty, type Value, type ValueObject } from './value'
import { scanXml, XmlProblem } from './xml-scan'

/**
 * XML as values: element names are keys, a repeated element is a list, attributes are `@name`, and text is the element's
 * value, or `#text` if the element has attributes or child elements. The order of elements with different names, comments
 * and processing instructions are not part of the value.
 */

type Element = { name: string; object: ValueObject; isObject: boolean; hasChildren: boolean; text: string }

/** An object with one property, the root element. */
export function readXml(text: string): Result<ValueObject> {
  const document: Element = elementOf('')
  const stack: Element[] = [document]
  try {
    scanXml(text, {
      open: ({ name, attributes }) => {
        const element = elementOf(name)
        for (const [key, value] of Object.entries(attributes)) {
          setProperty(element.object, `@${key}`, value)
          element.isObject = true
        }
        stack.push(element)
      },
      text: (piece) => {
        stack.at(-1)!.text += piece
      },
      close: () => {
        const element = stack.pop()!
        addChild(stack.at(-1)!, element.name, valueOf(element))
      },
    })
  } catch (error) {
    if (error instanceof XmlProblem) return refuse('invalid_value', error.message)
    throw error
  }
  return succeed(document.object)
}

function elementOf(name: string): Element {
  return { name, object: {}, isObject: false, hasChildren: false, text: '' }
}

function valueOf({ object, isObject, hasChildren, text }: Element): Value {
  if (!isObject) return text
  // Between child elements, blank text is indentation.
  if (text !== '' && !(hasChildren && /^\s*$/.test(text))) setProperty(object, '#text', text)
  return object
}

function addChild(parent: Element, name: string, value: Value): void {
  parent.isObject = true
  parent.hasChildren = true
  const earlier = Object.hasOwn(parent.object, name) ? parent.object[name] : undefined
  if (earlier === undefined) setProperty(parent.object, name, value)
  else if (Array.isArray(earlier)) earlier.push(value)
  else setProperty(parent.object, name, [earlier, value])
}

/** An XML document. Refuses what cannot be XML, such as a name with spaces, or several root elements. */
export function writeXml(value: Value): Result<string> {
  const names = isValueObject(value) ? Object.keys(value) : []
  const [root] = names
  if (!isValueObject(value) || root === undefined || names.length > 1 || Array.isArray(value[root]))
    return refuse(
      'invalid_value',
      'An XML document has one root element, so the value needs exactly one name at its top.',
    )
  try {
    return succeed(`<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, value[root]!)}`)
  } catch (error) {
    if (error instanceof XmlProblem) return refuse('invalid_value', error.message)
    throw error
  }
}

function elementText(name: string, value: Value): string {
  if (Array.isArray(value)) {
    if (value.some(Array.isArray))
      throw new XmlProblem(`XML has no lists inside lists, but one of the items of ${name} is a list.`)
    return value.map((item) => elementText(name, item)).join('')
  }
  if (!isXmlName(name))
    throw new XmlProblem(
      `“${name.slice(0, 80)}” cannot be the name of an XML element: use letters, digits, -, _ and dots.`,
    )
  const [attributes, children] = isValueObject(value) ? contentOf(name, value) : ['', textOf(name, value)]
  return children === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${children}</${name}>`
}

function contentOf(name: string, object: ValueObject): [attributes: string, children: string] {
  let [attributes, children] = ['', '']
  for (const [key, value] of Object.entries(object)) {
    if (key === '#text') children += textOf(name, value)
    else if (key.startsWith('@')) attributes += attributeText(key.slice(1), value)
    else children += elementText(key, value)
  }
  return [attributes, children]
}

function attributeText(name: string, value: Value): string {
  if (!isXmlName(name)) throw new XmlProblem(`“${name.slice(0, 80)}” cannot be the name of an XML attribute.`)
  // Line breaks and tabs in attributes would be read as spaces.
  const text = textOf(name, value).replace(/[\n\t]/g, (character) => `&#${character.charCodeAt(0)};`)
  return ` ${name}="${text}"`
}

function textOf(name: string, value: Value): string {
  if (value === null) return ''
  if (typeof value === 'object' && !(value instanceof ExactNumber))
    throw new XmlProblem(`The text or an attribute of ${name} is an object or a list. XML needs a plain value there.`)
  const text = value instanceof ExactNumber ? value.text : String(value)
  // XML 1.0 §2.2: these characters are not allowed in XML, not even escaped.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u.test(text))
    throw new XmlProblem(`The value of ${name} contains a character that is not allowed in XML.`)
  return xmlEscape(text).replaceAll('\r', '&#13;')
}

/** @see XML 1.0 §2.3 */
const xmlName =
  /^[:A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}][-.:\w\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]*$/u

export function isXmlName(text: string): boolean {
  return text.length <= 256 && xmlName.test(text)
}
