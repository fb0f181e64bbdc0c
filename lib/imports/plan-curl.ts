import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { connectorOfCurl, mapCurl, type CurlMapping, type CurlOptions } from './curl/map-curl'
import { connectorDocumentSchema } from './document-schema'
import { planConnector, type ConnectorPlan } from './plan-connector'

/** A curl command as it would be imported. Only the mapping's `values` contain secrets. */
export type PlannedCurl = { mapping: CurlMapping; plan: ConnectorPlan }

/** Maps a curl command and checks the result by the same rules as the forms. */
export function planCurl(command: string, options?: CurlOptions): Result<PlannedCurl> {
  const mapped = mapCurl(command, options)
  if (!mapped.ok) return mapped
  const document = connectorDocumentSchema.safeParse(connectorOfCurl(mapped.value))
  if (!document.success)
    return refuse(
      'invalid_input',
      'A part of the command cannot be stored: it is too long, or has a character that is not allowed.',
      'command',
    )
  const plan = planConnector(document.data)
  return plan.ok ? succeed({ mapping: mapped.value, plan: plan.value }) : { ok: false, error: atCommand(plan.error) }
}

/** The paths of the planned connector mean nothing to somebody who pasted a command. */
function atCommand({ code, message }: Refusal): Refusal {
  return { code, message: `The command cannot be imported. ${message}`, field: 'command' }
}
