import { RadioGroupField } from '@/components/forms/radio-group-field'
import { roleDescriptions, roleLabels, roles, type Role } from '@/lib/domain/access/roles'

const options = roles.map((role) => ({ value: role, label: roleLabels[role], description: roleDescriptions[role] }))

export function RoleField({ defaultValue }: { defaultValue: Role }) {
  return <RadioGroupField name="role" label="Role" required options={options} defaultValue={defaultValue} />
}
