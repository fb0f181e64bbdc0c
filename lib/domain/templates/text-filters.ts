import { bytesOf, ofText, type Filter, type FilterParameter, type FilterValue } from './filter'
import { templateLimits } from './limits'
import { refuse, succeed, type Result } from '../result'

/** Filters that change text. */

const text = (filter: Omit<Filter, 'group'>): Filter => ({ group: 'Text', ...filter })

const wholeNumber = (name: string): FilterParameter => ({
  name,
  check: (given) => (/^-?\d{1,7}$/.test(given) ? null : `${name} must be a whole number, such as 8.`),
})

const notEmpty = (name: string): FilterParameter => ({
  name,
  check: (given) => (given === '' ? `${name} cannot be empty.` : null),
})

export const textFilters = {
  default: text({
    description: 'A default for a missing value',
    parameters: [{ name: 'value' }],
    example: '{{ region | default: "eu" }}',
    apply: (value, [fallback = '']) => succeed(value.length === 0 ? fallback : value),
  }),
  append: text({
    description: 'Adds text at the end; bytes stay bytes',
    parameters: [{ name: 'text' }],
    example: '{{ client_id | append: ":" | append: client_secret }}',
    apply: (value, [added = '']) => succeed(joined(value, added)),
  }),
  prepend: text({
    description: 'Adds text at the beginning; bytes stay bytes',
    parameters: [{ name: 'text' }],
    example: '{{ client_id | prepend: "app-" }}',
    apply: (value, [added = '']) =>
      succeed(typeof value === 'string' ? added + value : joinedBytes(bytesOf(added), value)),
  }),
  replace: text({
    description: 'Replaces every occurrence of a text',
    parameters: [notEmpty('text'), { name: 'by', fallback: '' }],
    example: '{{ shop | replace: ".", "-" }}',
    apply: ofText(replaceAll),
  }),
  remove: text({
    description: 'Removes every occurrence of a text',
    parameters: [notEmpty('text')],
    example: '{{ shop | remove: ".myapp.com" }}',
    apply: ofText((value, removed = '') => replaceAll(value, removed)),
  }),
  split: text({
    description: 'Splits at a separator and takes one piece; 0 is the first, -1 the last',
    parameters: [notEmpty('separator'), wholeNumber('index')],
    example: '{{ api_key | split: "-", 1 }}',
    apply: ofText(pieceOf),
  }),
  slice: text({
    description: 'A number of characters, or bytes, from a start; 0 is the first, -4 the fourth from the end',
    parameters: [wholeNumber('start'), wholeNumber('length')],
    example: '{{ nonce | slice: 0, 16 }}',
    apply: slice,
  }),
  strip: text({
    description: 'Removes spaces and line breaks at both ends',
    parameters: [],
    example: '{{ padded | strip }}',
    apply: ofText((value) => value.trim()),
  }),
  downcase: text({
    description: 'Lower case',
    parameters: [],
    example: '{{ request_method | downcase }}',
    apply: ofText((value) => value.toLowerCase()),
  }),
  upcase: text({
    description: 'Upper case',
    parameters: [],
    example: '{{ client_id | upcase }}',
    apply: ofText((value) => value.toUpperCase()),
  }),
} satisfies Record<string, Filter>

function joined(value: FilterValue, added: string): FilterValue {
  return typeof value === 'string' ? value + added : joinedBytes(value, bytesOf(added))
}

function joinedBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}

/** Computes the length first, so that nothing larger than the limit is ever created. */
function replaceAll(value: string, searched = '', by = ''): Result<string> {
  const pieces = value.split(searched)
  const length = value.length + (pieces.length - 1) * (by.length - searched.length)
  return length > templateLimits.rendered ? refuse('template_limit', tooLong) : succeed(pieces.join(by))
}

export const tooLong = `the value is longer than ${templateLimits.rendered} characters.`

/** A refusal quotes nothing, because the value, the separator and the index may each be a secret. */
function pieceOf(value: string, separator = '', index = ''): Result<string> {
  const piece = value.split(separator).at(Number(index))
  return piece === undefined
    ? refuse('invalid_value', 'the value has fewer pieces. The first piece is 0.')
    : succeed(piece)
}

function slice(value: FilterValue, [start = '0', length = '0']: readonly string[]): Result<FilterValue> {
  // Counts code points, so that none is cut in two.
  const units = typeof value === 'string' ? Array.from(value) : value
  const from = Number(start) < 0 ? Math.max(0, units.length + Number(start)) : Number(start)
  const cut = units.slice(from, from + Math.max(0, Number(length)))
  return succeed(cut instanceof Uint8Array ? cut : cut.join(''))
}
