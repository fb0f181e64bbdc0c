import type { MethodSummary } from '@/lib/authentication-methods/views'

export type AddEndpointProps = {
  connectorId: string
  entityTypes: string[]
  methods: Pick<MethodSummary, 'id' | 'name'>[]
}
