import type { AuthenticationType, InstanceStatus, RateLimitUnit, SystemType } from '@/lib/domain/vocabulary'

/** An instance as *Manage connectors* shows it under its connector. */
export type InstanceLine = {
  id: string
  name: string
  methodName: string
  methodType: AuthenticationType
  status: InstanceStatus
  statusReason: string
  /** ISO times, UTC. */
  statusSince: string
  lastVerifiedAt: string | null
  /** Said from 30 days before its certificate expires. */
  certificate: { state: 'expiring' | 'expired'; words: string } | null
  /** Flows whose draft or deployed version uses it. */
  flows: number
}

export type ConnectorIcon = { url: string | null; colour: string | null }

export type ConnectorSummary = {
  id: string
  name: string
  versionLabel: string
  systemType: SystemType
  icon: ConnectorIcon
  updatedAt: string
  endpoints: number
  methods: number
  /** Origins that wait for an administrator. */
  pendingOrigins: number
  /** The first few that match the filter; `instancesMatching` says how many there are. */
  instances: InstanceLine[]
  instancesMatching: number
  instancesTotal: number
}

/** What the frame around every page of one connector shows. */
export type ConnectorHeader = {
  id: string
  name: string
  versionLabel: string
  systemType: SystemType
  icon: ConnectorIcon
  revision: number
  variables: number
  methods: number
  endpoints: number
  instances: number
}

/** *Basic details*. */
export type ConnectorDetail = ConnectorHeader & {
  key: string
  description: string
  baseUrl: string
  dateFormat: string
  rateLimitAmount: number | null
  rateLimitUnit: RateLimitUnit | null
  documentationUrl: string
  allowedHosts: string[]
  createdAt: string
  updatedAt: string
  updatedBy: string | null
}

/** The instance that somebody comes back from authorising. */
export type AuthorisedInstance = { id: string; name: string; status: InstanceStatus }
