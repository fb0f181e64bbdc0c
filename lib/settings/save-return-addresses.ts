import 'server-only'
import { several } from '@/lib/domain/history/compare-values'
import { mayContainSecret } from '@/lib/domain/history/may-contain-secret'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { getSetting } from './get-setting'
import { saveReturnAddressesSchema } from './schema'
import { storeSetting } from './store-setting'
import { savedSetting } from './views'

/** Replaces the addresses to which an authorisation that was begun through the API may return (DATA §8). */
export const saveReturnAddresses = operation({
  name: 'save_return_addresses',
  permission: 'administer',
  input: saveReturnAddressesSchema,
  output: savedSetting,
  run: ({ actor, transaction, audit }, { revision, addresses }) =>
    transaction(async (tx) => {
      const before = await getSetting(tx, 'returnAddresses')
      const stored = await storeSetting(actor, tx, { key: 'returnAddresses', revision, value: addresses })
      if (!stored.ok) return stored
      const only = (list: string[], other: string[]) => list.filter((address) => !other.includes(address)).map(recorded)
      await audit(tx, {
        objectType: 'setting',
        objectName: 'Return addresses',
        changes: [
          ...several('returnAddress', 'added', only(addresses, before)),
          ...several('returnAddress', 'removed', only(before, addresses)),
        ],
      })
      return succeed(stored.value)
    }),
})

const longest = 200

/** The audit log is permanent, and the query of an address may contain a secret. */
function recorded(address: string): string {
  const shown = mayContainSecret(address, 'address') ? `${address.split('?')[0]}?…` : address
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown
}
