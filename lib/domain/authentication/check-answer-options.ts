import { checkSource } from '../answer-source'
import { checkDatePattern } from '../date-pattern'
import type { PhaseDefinition } from '../definitions'
import { refuse, succeed, type Result } from '../result'
import type { MethodOptions } from './options'

type AnswerOptions = Pick<MethodOptions, 'tokenPath' | 'refreshTokenPath' | 'expiryPath' | 'expiryUnit' | 'expiryPattern' | 'kept' | 'expiredBody'>

/**
 * Where a method looks for what in answers: found wrong only once a person is back with a code, that would be used up for
 * nothing. The refusal names the field (`options.kept.1.path`).
 */
export function checkAnswerOptions(options: Partial<AnswerOptions>): Result<null> {
  const { tokenPath, refreshTokenPath, expiryPath, expiryUnit, expiryPattern = '', kept = [], expiredBody } = options
  const sources: [field: string, source: string | undefined][] = [
    ...([['tokenPath', tokenPath], ['refreshTokenPath', refreshTokenPath], ['expiryPath', expiryPath]] as [string, string | undefined][]),
    ...kept.flatMap(({ path, expiryPath: end }, index): [string, string][] => [[`kept.${index}.path`, path], [`kept.${index}.expiryPath`, end]]),
    ['expiredBody.path', expiredBody?.path],
  ]
  const checked = checkSources(sources.map(([field, source]) => [`options.${field}`, source]))
  if (!checked.ok || expiryUnit !== 'pattern') return checked
  const pattern = checkDatePattern(expiryPattern)
  return pattern.ok ? succeed(null) : refuse(pattern.error.code, pattern.error.message, 'options.expiryPattern')
}

/** What a request's answer is judged by, and what is kept of it. @param field of the phase */
export function checkAnswerRules({ successRule, extract }: Pick<PhaseDefinition, 'successRule' | 'extract'>, field: string): Result<null> {
  return checkSources([
    [`${field}.successRule.jsonPath`, successRule?.jsonPath],
    [`${field}.successRule.rejectedPath`, successRule?.rejectedPath],
    ...(extract ?? []).map(({ path }, index): [string, string] => [`${field}.extract.${index}.path`, path]),
  ])
}

/** An empty one says nothing, and is asked for elsewhere where it is needed. */
function checkSources(sources: [field: string, source: string | undefined][]): Result<null> {
  for (const [field, source = ''] of sources) {
    const checked = source.trim() === '' ? succeed('') : checkSource(source)
    if (!checked.ok) return refuse(checked.error.code, checked.error.message, field)
  }
  return succeed(null)
}
