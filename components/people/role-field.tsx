import { RadioGroupField } from '@/components/forms/radio-group-field'
import { roleLabels, roles, type Role } from '@/lib/domain/access/roles'

/** What each role may do (PRODUCT: Roles). */
const mayDo: Record<Role, string> = {
  read_only: 'Sees connectors, instances without their secrets, flows and activity.',
  user: 'Also runs and stops flows, and checks instances.',
  manager: 'Also creates and changes connectors, instances and flows.',
  administrator: 'Also manages people, API keys and settings.',
}

const options = roles.map((role) => ({ value: role, label: roleLabels[role], description: mayDo[role] }))

export function RoleField({ defaultValue }: { defaultValue: Role }) {
  return <RadioGroupField name="role" label="Role" required options={options} defaultValue={defaultValue} />
}
