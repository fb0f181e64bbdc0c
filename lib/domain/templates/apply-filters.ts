import { refuse, succeed, type Result } from '../result'
import { strongest, type Secrecy } from '../secrecy'
import type { FilterValue } from './filter'
import { filters, type FilterName } from './filters'
import { templateLimits } from './limits'
import { lookUp, missing } from './look-up'
import { problemOfArgument } from './parse-template'
import type { FilterCall, TemplateContext, TemplateScope, VariablePart } from './template'
import { tooLong } from './text-filters'

/** Applies the filters of an output, one after another, to the value of its variable. */

/** How many characters the filters of a text have processed so far. */
export type Effort = { work: number }

/**
 * A value after filters; null for no value. Without a value only `default` has an effect. Whatever is made from a
 * secret is a secret.
 */
export type Filtered = { value: FilterValue | null; secrecy: Secrecy }
export type FilterScope = { scope: TemplateScope; context: TemplateContext; effort: Effort }

export function applyFilters(start: Filtered, part: VariablePart, filterScope: FilterScope): Result<Filtered> {
  let current = start
  for (const call of part.filters) {
    const isNeeded =
      call.name === 'default' ? current.value === null || current.value.length === 0 : current.value !== null
    if (!isNeeded) {
      const known = checkNames(call, filterScope)
      if (!known.ok) return known
      continue
    }
    const next = applyFilter(current, call, filterScope)
    if (!next.ok) return inOutput(next.error, part, call.name)
    current = next.value
  }
  return succeed(current)
}

/** Reports a misspelt name even if its filter is skipped this time. */
function checkNames({ given }: FilterCall, { scope, context }: FilterScope): Result<null> {
  for (const argument of given) {
    const found = argument.kind === 'name' ? lookUp(argument.name, scope, context) : succeed(null)
    if (!found.ok && found.error.code === 'unknown_variable') return found
  }
  return succeed(null)
}

/** Filters that may leave so little of a secret that it can be guessed. */
const cuttingFilters: readonly FilterName[] = ['slice', 'split', 'replace', 'remove', 'digits', 'date']

function applyFilter(
  { value, secrecy }: Filtered,
  call: FilterCall,
  { scope, context, effort }: FilterScope,
): Result<Filtered> {
  const filter = filters[call.name]
  const given = readArguments(call, scope, context)
  if (!given.ok) return given
  effort.work += (value?.length ?? 0) + (filter.cost ?? 0)
  if (effort.work > templateLimits.work)
    return refuse('template_limit', 'the filters of this text would take too long.')
  const made = filter.apply(value ?? '', given.value.texts, { signer: context.signer })
  if (!made.ok) return made
  if (made.value.length > templateLimits.rendered) return refuse('template_limit', tooLong)
  const isNothing = call.name === 'default' && made.value === ''
  const hidden = strongest(secrecy, given.value.secrecy)
  const cut = hidden !== 'none' && cuttingFilters.includes(call.name)
  return succeed({ value: isNothing ? null : made.value, secrecy: cut ? 'piece' : hidden })
}

function readArguments(
  { name, given }: FilterCall,
  scope: TemplateScope,
  context: TemplateContext,
): Result<{ texts: string[]; secrecy: Secrecy }> {
  const texts: string[] = []
  let secrecy: Secrecy = 'none'
  for (const [index, parameter] of filters[name].parameters.entries()) {
    const argument = given[index]
    if (argument?.kind !== 'name') {
      texts.push(argument?.text ?? parameter.fallback ?? '')
      continue
    }
    const found = lookUp(argument.name, scope, context)
    if (!found.ok) return found
    const { value, label, required } = found.value
    if (value === '' && (required || parameter.key) && !found.value.mayBeEmpty) return missing(argument.name, label)
    const problem = problemOfArgument(parameter, value)
    // The problem may quote the value.
    if (problem !== null)
      return refuse(
        'invalid_value',
        `${argument.name} cannot be used here${found.value.secrecy === 'none' ? `: ${problem}` : '.'}`,
      )
    texts.push(value)
    if (value !== '') secrecy = strongest(secrecy, found.value.secrecy)
  }
  return succeed({ texts, secrecy })
}

/** Names the output in a filter's message, which begins with a lower-case letter and never quotes a value. */
export function inOutput(
  { code, message }: { code: Parameters<typeof refuse>[0]; message: string },
  { name }: VariablePart,
  filter = '',
): Result<never> {
  if (code === 'missing_value' || code === 'unknown_variable') return refuse(code, message)
  return refuse(code, `{{ ${name} | ${filter} }}: ${message}`)
}
