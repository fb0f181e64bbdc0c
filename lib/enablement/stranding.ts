import type { EnablementRefusal, StrandedFlow } from './views'

/** Asks for confirmation before flows lose an endpoint (rule R3). */
export function askBeforeStranding(strandedFlows: StrandedFlow[]): { ok: false; error: EnablementRefusal } {
  const names = strandedFlows.map((flow) => `“${flow.flowName}”`)
  const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} others`] : names
  const list = new Intl.ListFormat('en-GB').format(shown)
  const message = `${list} ${names.length === 1 ? 'uses' : 'use'} this: ${names.length === 1 ? 'its' : 'their'} shapes will show “no longer available for this instance” and ${names.length === 1 ? 'its' : 'their'} runs will fail before anything is sent.`
  return { ok: false, error: { code: 'confirmation_needed', message, strandedFlows } }
}
