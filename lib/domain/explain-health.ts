import type { ShownStatus } from './vocabulary'

/** Why an instance works or does not, in words for people and agents (PRODUCT §11). */

export type HealthFacts = {
  instanceName: string
  connectorName: string
  status: ShownStatus
  statusReason: string
  /** Its latest requests failed: no connection, 5xx or 429. */
  isUnreachable: boolean
  /** What is disabled, and by whom. */
  disabled: readonly { noun: 'instance' | 'connector'; name: string; by: string | null }[]
  /** Where a person acts. */
  page: string
}

export type HealthExplanation = { what: string; reason: string; whatToDo: string }

export function explainHealth(facts: HealthFacts): HealthExplanation {
  const { instanceName, connectorName, status, statusReason, isUnreachable, page } = facts
  const name = `“${instanceName}”`
  switch (status) {
    case 'disabled':
      return explainDisabled(facts)
    case 'awaiting_authorisation':
      return {
        what: `${name} has not been authorised yet, so nothing can be sent with it.`,
        reason: statusReason,
        whatToDo: `A manager opens ${page}, presses “Authorise” and signs in at ${connectorName}.`,
      }
    case 'needs_authorising_again':
      return {
        what: `${name} needs authorising again. Nothing can be sent with it until then, so repeating the call does not help.`,
        reason: statusReason,
        whatToDo: `A manager opens ${page}, presses “Authorise again” and signs in at ${connectorName}.`,
      }
    case 'failing':
      return {
        what: `${name} is failing.`,
        reason: statusReason,
        whatToDo: `A manager corrects its credentials on ${page}. If the cause is fixed already, check the instance again.`,
      }
    case 'not_verified':
    case 'connected':
      if (isUnreachable) return explainUnreachable(connectorName)
      return status === 'connected'
        ? {
            what: `${name} is connected: ${connectorName} accepts its credentials.`,
            reason: statusReason,
            whatToDo:
              'Nothing. If a call failed, the cause is its endpoint or its values: read its line in the request log.',
          }
        : {
            what: `${name} has not been verified: no request with it has succeeded yet.`,
            reason: statusReason,
            whatToDo: 'Check the instance.',
          }
  }
}

/** The connector comes first: while it is disabled, enabling the instance has no effect. */
function explainDisabled({ instanceName, disabled, page }: HealthFacts): HealthExplanation {
  const by = disabled.map(({ noun, name, by: person }) => {
    const what = noun === 'connector' ? `The connector “${name}”` : `“${name}”`
    return `${what} was disabled${person === null ? '' : ` by ${person}`}.`
  })
  return {
    what: `“${instanceName}” is disabled, so nothing is sent with it.`,
    reason: by.join(' '),
    whatToDo: `A manager enables it again: ${page}. Ask first why it was disabled.`,
  }
}

function explainUnreachable(connectorName: string): HealthExplanation {
  return {
    what: `${connectorName} does not respond.`,
    reason: 'Every request since then has failed: no response, 429 or a server error. The credentials may be fine.',
    whatToDo: `Try again later. If it lasts, ask the people who run ${connectorName}.`,
  }
}
