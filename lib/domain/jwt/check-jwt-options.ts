import type { JwtOptions } from '../method-options/options-schema'
import { checkJsonTemplate } from '../content/json-template'
import { refuse, succeed, type Result } from '../result'
import { parseTemplate } from '../templates/parse-template'
import { isHmacAlgorithm, readJwtAlgorithm } from './compact-jws'
import { ownParameters } from './header'

/** The check of a form while the method is edited. Rendered templates are checked later. */
export function checkJwtOptions(jwt: JwtOptions): Result<null> {
  for (const check of [checkTemplates, checkAlgorithm, checkHeader, checkClaims]) {
    const checked = check(jwt)
    if (!checked.ok) return checked
  }
  return succeed(null)
}

function checkTemplates(jwt: JwtOptions): Result<null> {
  for (const name of ['algorithm', 'key', 'lifetime'] as const) {
    const template = parseTemplate(jwt[name])
    if (!template.ok) return refuse(template.error.code, template.error.message, `options.jwt.${name}`)
  }
  return succeed(null)
}

function checkAlgorithm({ algorithm, keyEncoding }: JwtOptions): Result<null> {
  if (algorithm.includes('{{')) return succeed(null)
  const known = readJwtAlgorithm(algorithm.trim())
  if (!known.ok) return refuse(known.error.code, known.error.message, 'options.jwt.algorithm')
  if (isHmacAlgorithm(known.value) && keyEncoding === 'pem')
    return refuse(
      'invalid_input',
      `${known.value} signs with a shared secret, not with a PEM key. Choose the encoding of the secret.`,
      'options.jwt.keyEncoding',
    )
  if (!isHmacAlgorithm(known.value) && keyEncoding === 'text')
    return refuse('invalid_input', `${known.value} signs with a private key. Choose PEM.`, 'options.jwt.keyEncoding')
  return succeed(null)
}

function checkHeader({ header }: JwtOptions): Result<null> {
  return checkRows('header', header, ({ name }) =>
    ownParameters.includes(name)
      ? refuse('invalid_input', `Patchbay sets the header parameter ${name} of the JWT itself. Remove it.`)
      : succeed(null),
  )
}

function checkClaims({ claims }: JwtOptions): Result<null> {
  return checkRows('claims', claims, ({ kind, value }) => {
    const template = parseTemplate(value)
    return kind === 'json' && template.ok ? checkJsonTemplate(template.value) : succeed(null)
  })
}

/** Each row has a unique name and a template. */
function checkRows<Row extends { name: string; value: string }>(
  list: 'header' | 'claims',
  rows: Row[],
  check: (row: Row) => Result<null>,
): Result<null> {
  const seen = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const field = `options.jwt.${list}.${index}`
    if (row.name.trim() === '') return refuse('invalid_input', 'Enter a name.', `${field}.name`)
    if (seen.has(row.name)) return refuse('invalid_input', `“${row.name}” is used twice.`, `${field}.name`)
    seen.add(row.name)
    const template = parseTemplate(row.value)
    if (!template.ok) return refuse(template.error.code, template.error.message, `${field}.value`)
    const checked = check(row)
    if (!checked.ok)
      return refuse(checked.error.code, checked.error.message, `${field}.${list === 'header' ? 'name' : 'value'}`)
  }
  return succeed(null)
}
