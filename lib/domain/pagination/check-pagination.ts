import { checkHeaderName } from '../content/headers'
import type { Pagination } from '../pagination-schema'
import { checkJsonPath } from '../responses/json-path'
import { checkSource } from '../responses/response-source'
import { refuse, succeed, type Result } from '../result'
import type { BodyFormat } from '../vocabulary'
import { readBodyPath } from './body-path'

/**
 * Checks a pagination before it is saved: what it reads can be found in a response, and what it sends can be added to
 * a request with this body. The field of a refusal is that of the form (`pagination.from`).
 */
export function checkPagination(pagination: Pagination, bodyFormat: BodyFormat): Result<null> {
  const checks = [
    () => checkFrom(pagination),
    () => ('more' in pagination && pagination.more !== '' ? checkRead(pagination.more, 'more') : succeed(null)),
    () => checkSent(pagination, bodyFormat),
  ]
  for (const check of checks) {
    const checked = check()
    if (!checked.ok) return checked
  }
  return succeed(null)
}

function checkFrom(pagination: Pagination): Result<null> {
  if (!('from' in pagination)) return succeed(null)
  if (pagination.type !== 'last_id') return checkRead(pagination.from, 'from')
  const path = checkJsonPath(pagination.from)
  return path.ok ? succeed(null) : at('from', path.error.message)
}

function checkRead(source: string, field: string): Result<null> {
  if (source.includes('{{')) return at(field, 'This is read from a response, so it cannot contain a variable.')
  if (/^step\d/.test(source)) return at(field, 'An endpoint has one response. Leave out what is before the colon.')
  const checked = checkSource(source)
  return checked.ok ? succeed(null) : at(field, checked.error.message)
}

function checkSent(pagination: Pagination, format: BodyFormat): Result<null> {
  if (!('parameter' in pagination)) return succeed(null)
  const place = pagination.type === 'body_cursor' ? 'body' : pagination.place
  if (place === 'header') {
    const name = checkHeaderName(pagination.parameter)
    return name.ok ? succeed(null) : at('parameter', name.error.message)
  }
  if (place === 'url') return succeed(null)
  if (format === 'form') return succeed(null)
  if (format !== 'json')
    return at(
      pagination.type === 'body_cursor' ? 'type' : 'place',
      'The page can be sent only in a JSON body or a form. Choose one of them on the Body tab, or send it elsewhere.',
    )
  const path = readBodyPath(pagination.parameter)
  return path.ok ? succeed(null) : at('parameter', path.error.message)
}

function at(field: string, message: string) {
  return refuse('invalid_input', message, `pagination.${field}`)
}
