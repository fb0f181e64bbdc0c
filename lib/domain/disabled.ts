import { refuse, type Refusal } from './result'
import type { InstanceStatus, ShownStatus } from './vocabulary'

/**
 * A person can disable an instance or a connector: from then on nothing is sent with the instance, or with any instance
 * of the connector, and everything is kept. Being disabled is separate from the status, which describes the credentials.
 */

/** What is disabled, by whom and since when. */
export type Disabled = { noun: 'instance' | 'connector'; name: string; by: string | null; at: Date }

type Switches = { disabledAt: Date | null; connector: { disabledAt: Date | null } }

/** An instance is disabled by itself or with its connector. */
export function isDisabled({ disabledAt, connector }: Switches): boolean {
  return disabledAt !== null || connector.disabledAt !== null
}

/** The status as people see it. */
export function shownStatus(instance: Switches & { status: InstanceStatus }): ShownStatus {
  return isDisabled(instance) ? 'disabled' : instance.status
}

/** The one refusal of everything that would send a request, at every entry point. */
export function refuseDisabled({ noun, name, by, at }: Disabled): { ok: false; error: Refusal } {
  const what = noun === 'connector' ? `The connector “${name}”` : `“${name}”`
  const when = `${at.toISOString().slice(0, 16).replace('T', ' at ')} UTC`
  return refuse(
    'disabled',
    `${what} was disabled${by === null ? '' : ` by ${by}`} on ${when}. Enable it on the page of the ${noun} to use it again. Nothing was sent.`,
  )
}
