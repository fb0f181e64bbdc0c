import type { StrandedFlow } from '@/lib/enablement/views'

/** The flows that lose an endpoint, and the shapes concerned (rule R3). */
export function StrandedFlows({ flows }: { flows: StrandedFlow[] }) {
  return (
    <ul className="grid gap-2">
      {flows.map((flow) => (
        <li key={flow.flowId} className="rounded-md bg-subtle px-3 py-2">
          <p className="font-medium break-words">{flow.flowName}</p>
          <ul className="text-sm text-muted">
            {flow.shapes.map((shape) => (
              <li key={`${shape.name} ${shape.instanceName} ${shape.endpointName}`} className="break-words">
                {shape.name}: {shape.endpointName} with {shape.instanceName}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
