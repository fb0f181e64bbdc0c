import { channelOf, type Topic } from './topics'

/**
 * The call that signals a change, for the statement or transaction that makes it: it arrives with the commit.
 * @param workspaceId an expression of that statement, not a value
 */
export function signalSql(topic: Topic, workspaceId: string): string {
  return `pg_notify('${channelOf(topic)}', ${workspaceId}::text)`
}
