import type { FieldChange, FieldValue } from '@/lib/domain/history/field-change'
import { clientAuthentications, refreshModes } from '@/lib/domain/method-options/option-choices'
import { bodyFormats, directions, inputKinds, placementLocations, systemTypes } from '@/lib/domain/vocabulary'
import { fieldLabel } from './field-labels'
import { partWords } from './words-of-name'

/** The change of one field as a sentence: “Token URL: https://a/token → https://b/token” (WORDS 48). */
export function changeWords(change: FieldChange): string {
  if (change.names !== undefined) return severalWords(change, change.names)
  if (change.field === 'parameter') return parameterWords(change)
  const label = labelOf(change)
  if (change.how !== undefined) return `${label} ${change.how}`
  const to = valueWords(change.field, change.to)
  return 'from' in change ? `${label}: ${valueWords(change.field, change.from)} → ${to}` : `${label}: ${to}`
}

function labelOf({ field, of }: FieldChange): string {
  if (of === undefined) return fieldLabel(field)
  if (field === 'value') return of
  if (field === 'sharedValue') return `${of} for all instances`
  const [, part = ''] = field.split('.')
  if (part === 'value' || part === 'key') return capital(of)
  return `${capital(of)}, ${parameterParts[part] ?? partWords(part)}`
}

const parameterParts: Record<string, string> = { phases: 'sent with', steps: 'sent with request' }

/** “Added header X-Api-Version: 2024-01” */
function parameterWords({ how, of, from, to }: FieldChange): string {
  const value = to ?? from
  return `${capital(how ?? 'changed')} ${of}${value === undefined || value === null ? '' : `: ${String(value)}`}`
}

const plurals: Record<string, readonly [one: string, several: string]> = {
  variable: ['variable', 'variables'],
  endpoint: ['endpoint', 'endpoints'],
  connector: ['connector', 'connectors'],
  instance: ['instance', 'instances'],
  method: ['authentication method', 'authentication methods'],
  address: ['address', 'addresses'],
  returnAddress: ['return address', 'return addresses'],
}

/** A change of the matrix may name thousands. */
const mostNames = 50

function severalWords({ field, how, of }: FieldChange, names: readonly string[]): string {
  const list = listOf(names)
  const number = shownNumber(names.length)
  switch (field) {
    case 'enablement': {
      const begin = `Turned ${how === 'on' ? 'on' : 'off'} ${of} for`
      return names.length === 1 ? `${begin} ${list}` : `${begin} ${number} endpoints: ${list}`
    }
    case 'brokenFlow':
      return names.length === 1 ? `1 flow stopped working: ${list}` : `${number} flows stopped working: ${list}`
    case 'variableStays':
      return `Not removed, because values use ${names.length === 1 ? 'it' : 'them'}: ${list}`
    case 'alsoChanged':
      return `Also changed: ${list}`
    default: {
      const [one, more] = plurals[field] ?? [fieldLabel(field).toLowerCase(), fieldLabel(field).toLowerCase()]
      const noun = names.length === 1 ? one : more
      // For new endpoints, which the line before names.
      if (field === 'method' && how === 'on') return `Turned on ${noun} ${list} for these endpoints`
      return `${capital(how ?? 'changed')} ${noun} ${list}`
    }
  }
}

function listOf(names: readonly string[]): string {
  const more = names.length - mostNames
  const list = names.slice(0, mostNames).join(', ')
  return more > 0 ? `${list} and ${shownNumber(more)} more` : list
}

const shownNumber = (number: number) => number.toLocaleString('en-GB')

/** The labels of closed sets of values, by the last part of the field. */
const choices: Record<string, Record<string, string>> = {
  systemType: systemTypes,
  direction: directions,
  bodyFormat: bodyFormats,
  inputKind: inputKinds,
  clientAuthentication: clientAuthentications,
  refreshBy: refreshModes,
  place: placementLocations,
}

function valueWords(field: string, value: FieldValue | undefined): string {
  if (value === null || value === undefined || value === '') return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return choices[field.split('.').at(-1)!]?.[String(value)] ?? String(value)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
