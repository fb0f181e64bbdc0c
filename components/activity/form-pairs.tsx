import { Table } from '@/components/ui/table'

/** The fields of a form body. */
export function FormPairs({ label, pairs }: { label: string; pairs: [name: string, value: string][] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(([name, value], index) => (
          <tr key={index}>
            <td className="font-mono text-xs break-all">{name}</td>
            <td className="font-mono text-xs break-all">{value}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
