import { refuse, succeed, type Result } from '../result'
import { strongest, type Secrecy } from '../secrecy'
import type { FilterValue } from './filter'
import { filters, type FilterName } from './filters'
import { templateLimits } from './limits'
import { lookUp, missing } from './look-up'
import { problemOfArgument } from './parse-template'
import type { FilterCall, TemplateContext, TemplateScope, VariablePart } from './template'
import { tooLong } from './text-filters'

/** Runs the filters of one output, one after another, on what its name stands for. */

/** What the filters of one text have read so far. */
export type Effort = { work: number }

/**
 * Nothing has no base64 and no JSON: without a value only `default` gives one. A secret makes a secret of whatever it
 * gets into.
 */
export type Filtered = { value: FilterValue | null; secrecy: Secrecy }
export type Surroundings = { scope: TemplateScope; context: TemplateContext; effort: Effort }

export function applyFilters(start: Filtered, part: VariablePart, surroundings: Surroundings): Result<Filtered> {
  let current = start
  for (const call of part.filters) {
    const isNeeded =
      call.name === 'default' ? current.value === null || current.value.length === 0 : current.value !== null
    if (!isNeeded) {
      const known = checkNames(call, surroundings)
      if (!known.ok) return known
      continue
    }
    const next = applyFilter(current, call, surroundings)
    if (!next.ok) return inOutput(next.error, part, call.name)
    current = next.value
  }
  return succeed(current)
}

/** A misspelt name is told also where its filter has nothing to do this time. */
function checkNames({ given }: FilterCall, { scope, context }: Surroundings): Result<null> {
  for (const argument of given) {
    const found = argument.kind === 'name' ? lookUp(argument.name, scope, context) : succeed(null)
    if (!found.ok && found.error.code === 'unknown_variable') return found
  }
  return succeed(null)
}

/** What they leave of a secret may be so little that it can be guessed. */
const cuttingFilters: readonly FilterName[] = ['slice', 'split', 'replace', 'remove', 'digits', 'date']

function applyFilter(
  { value, secrecy }: Filtered,
  call: FilterCall,
  { scope, context, effort }: Surroundings,
): Result<Filtered> {
  const filter = filters[call.name]
  const given = readArguments(call, scope, context)
  if (!given.ok) return given
  effort.work += (value?.length ?? 0) + (filter.cost ?? 0)
  if (effort.work > templateLimits.work)
    return refuse('template_limit', 'the filters of this text have too much to do.')
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
    // A problem may quote what it found.
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

/** Says which output it was. Messages of filters begin with a small letter, and never quote a value. */
export function inOutput(
  { code, message }: { code: Parameters<typeof refuse>[0]; message: string },
  { name }: VariablePart,
  filter = '',
): Result<never> {
  if (code === 'missing_value' || code === 'unknown_variable') return refuse(code, message)
  return refuse(code, `{{ ${name} | ${filter} }}: ${message}`)
}
