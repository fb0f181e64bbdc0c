import 'server-only'
import type { ListPage } from '@/lib/platform/lists/list-page'
import type { ConnectorSummary } from './views'

export type ConnectorPage = ListPage<ConnectorSummary> & { instances: number }
