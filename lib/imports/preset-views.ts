import type { AuthenticationType, SystemType } from '@/lib/domain/vocabulary'

/** A ready-made connector as it is offered. */
export type PresetSummary = {
  key: string
  name: string
  description: string
  systemType: SystemType
  colour: string | null
  documentationUrl: string
  methods: { name: string; type: AuthenticationType; documentationUrl: string }[]
  endpoints: number
  /** The connector of that name that the workspace has already. */
  installed: { id: string } | null
}
