import { channelOf, type Topic } from './topics'

/**
 * The SQL call that signals a change, for the statement or transaction that makes the change. The signal is sent with
 * the commit.
 * @param workspaceId an expression of that statement, not a value
 */
export function signalSql(topic: Topic, workspaceId: string): string {
  return `pg_notify('${channelOf(topic)}', ${workspaceId}::text)`
}
