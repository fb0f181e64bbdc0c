import { refuse, succeed, type Result } from '@/lib/domain/result'
import { httpMethods, type HttpMethod } from '@/lib/domain/vocabulary'
import { curlLimits } from './limits'
import type { CurlNotes } from './notes'
import { reasons } from './options'
import { pairOf, readAddress, type Address } from './read-address'
import type { CurlCommand, GivenOption } from './read-command'
import { readData, type CurlData } from './read-data'

export type CurlHeader = { name: string; value: string; written: string }

/** The request that a command would send. */
export type CurlRequest = {
  httpMethod: HttpMethod
  address: Address
  headers: CurlHeader[]
  data: CurlData
  /** Of `-u`. The password is null if curl would ask for it. */
  user: { name: string; password: string | null } | null
  bearer: string | null
  isDigest: boolean
  /** `provider1[:provider2[:region[:service]]]` */
  awsSignature: string | null
  hasCertificate: boolean
  /** Passwords and cookies, also those that are not imported. */
  secrets: string[]
  /** From 1 to 300; null without a limit. */
  timeoutSeconds: number | null
}

/** Reads the options. What an endpoint cannot say gets a note. */
export function readRequest(command: CurlCommand, notes: CurlNotes): Result<CurlRequest> {
  const all = (...names: string[]) => command.options.filter(({ name }) => names.includes(name))
  const last = (name: string) => command.options.findLast((option) => option.name === name)
  noteOptions(command, notes)
  const [first, ...others] = [...command.addresses, ...all('url').map(({ value }) => value)]
  if (first === undefined)
    return refuse('invalid_input', 'The command has no address. Copy the whole command.', 'command')
  if (others.length > 0)
    notes.add('not_imported', 'URL', `The command has ${others.length + 1} addresses. Only the first one was read.`)
  const address = readAddress(first)
  if (!address.ok) return address
  const data = readData(command.options, notes)
  addQuery(address.value, all('url-query'), last('get') ? data : null, notes)
  const body: CurlData = last('get') ? { kind: 'none' } : data
  const usual = last('head') ? 'HEAD' : last('upload-file') ? 'PUT' : body.kind === 'none' ? 'GET' : 'POST'
  const httpMethod = methodOf(last('request')?.value ?? usual)
  if (!httpMethod.ok) return httpMethod
  return succeed({
    httpMethod: httpMethod.value,
    address: address.value,
    headers: headersOf(command, notes),
    data: body,
    user: userOf(last('user')?.value),
    bearer: last('oauth2-bearer')?.value ?? null,
    isDigest: last('digest') !== undefined,
    awsSignature: last('aws-sigv4')?.value ?? null,
    hasCertificate: all('cert', 'key').length > 0,
    secrets: secretsOf(all('user', 'cert', 'proxy-user', 'pass', 'proxy-pass'), [address.value.user?.password ?? '']),
    timeoutSeconds: timeoutOf(last('max-time'), notes),
  })
}

function noteOptions(command: CurlCommand, notes: CurlNotes): void {
  const written = (use: GivenOption['use']) =>
    command.options.filter((option) => option.use === use).map((option) => option.written)
  notes.addAll('not_imported', command.unknown, 'Unknown to Patchbay, so it was left out.')
  for (const option of command.options)
    if (option.use === 'reported') notes.add('not_imported', option.written, reasons[option.name] ?? '')
  notes.addAll('note', written('connection'), 'How curl connects. Patchbay decides this itself, so it was left out.')
  notes.addAll('note', written('output'), 'What curl prints or writes to files. It does not change the request.')
  if (command.rest !== '')
    notes.add(
      'note',
      'After the command',
      'What follows the first command was left out: a pipe, a file or another command.',
    )
  if (command.hasSubstitution)
    notes.add(
      'not_imported',
      '$(…)',
      'The output of another command is not known. Replace it with a value or a variable.',
    )
}

/** With `-G` data is the query. */
function addQuery(address: Address, queries: readonly GivenOption[], data: CurlData | null, notes: CurlNotes): void {
  for (const { value } of queries) address.pairs.push(pairOf(value.replace(/^\+/, '')))
  if (data?.kind !== 'text') return
  if (data.text.length > curlLimits.address)
    return notes.add('limit', '-G', 'The query is longer than an address can be, so it was left out.')
  for (const part of data.text.split('&'))
    // Text that is no form stays as it is; its equals sign does not end a name.
    if (/^[^="<]+=/.test(part)) address.pairs.push(pairOf(part))
    else if (part !== '') address.flags.push(part)
}

function methodOf(given: string): Result<HttpMethod> {
  const method = httpMethods.find((known) => known === given.trim().toUpperCase())
  if (method !== undefined) return succeed(method)
  return refuse('invalid_input', `The command has an HTTP method other than ${httpMethods.join(', ')}.`, 'command')
}

/** `Name: value`; `Name;` has no value; `Name:` leaves out one that curl would send. */
function headersOf(command: CurlCommand, notes: CurlNotes): CurlHeader[] {
  const headers = command.options.flatMap(({ name, value, written }): CurlHeader[] => {
    if (name === 'user-agent') return value === '' ? [] : [{ name: 'User-Agent', value, written }]
    if (name === 'referer') return [{ name: 'Referer', value: value.replace(/;auto$/, ''), written }]
    if (name === 'range') return [{ name: 'Range', value: `bytes=${value}`, written }]
    if (name === 'cookie') return cookieHeader(value, written, notes)
    if (name !== 'header') return []
    if (value.startsWith('@')) {
      notes.add(
        'not_imported',
        written,
        'The command only names a file with headers. Paste them as part of the command.',
      )
      return []
    }
    const [, header = '', mark = '', text = ''] = /^([^:;]*)([:;]?)([\s\S]*)$/.exec(value) ?? []
    const isEmpty = text.trim() === ''
    if (mark === '' || (mark === ':' && isEmpty) || (mark === ';' && !isEmpty)) {
      if (mark !== ':')
        notes.add('invalid', written, 'A header is not written as Name: value, so curl would not send it.')
      return []
    }
    return [{ name: header.trim(), value: text.trim(), written }]
  })
  const json = command.options.find(({ name }) => name === 'json')
  if (json === undefined) return headers
  const has = (wanted: string) => headers.some(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  const ofJson = ['Content-Type', 'Accept'].filter((name) => !has(name))
  return [...headers, ...ofJson.map((name) => ({ name, value: 'application/json', written: json.written }))]
}

/** Without an equals sign it names a file. */
function cookieHeader(value: string, written: string, notes: CurlNotes): CurlHeader[] {
  if (value.includes('=')) return [{ name: 'Cookie', value, written }]
  if (value !== '')
    notes.add('not_imported', written, 'The command only names a file with cookies. Enter them in the instance.')
  return []
}

/** What stands behind the colon of `name:password` and `file:passphrase`. */
function secretsOf(options: readonly GivenOption[], others: readonly string[]): string[] {
  return [...options.map(({ name, value }) => (/pass$/.test(name) ? value : value.replace(/^[^:]*:?/, ''))), ...others]
}

function userOf(value: string | undefined): CurlRequest['user'] {
  if (value === undefined) return null
  const colon = value.indexOf(':')
  return colon < 0 ? { name: value, password: null } : { name: value.slice(0, colon), password: value.slice(colon + 1) }
}

function timeoutOf(given: GivenOption | undefined, notes: CurlNotes): number | null {
  const seconds = Number(given?.value)
  if (given === undefined || !Number.isFinite(seconds) || seconds <= 0) return null
  const timeout = Math.min(300, Math.max(1, Math.ceil(seconds)))
  if (timeout !== seconds) notes.add('changed', given.written, `The timeout is ${timeout} seconds: whole, at most 300.`)
  return timeout
}
