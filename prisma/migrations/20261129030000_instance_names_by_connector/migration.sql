-- An instance's name is unique within its connector, no longer in the workspace; lists of all instances sort by name.
DROP INDEX "Instance_workspaceId_foldedName_key";
CREATE UNIQUE INDEX "Instance_workspaceId_connectorId_foldedName_key" ON "Instance"("workspaceId", "connectorId", "foldedName");
CREATE INDEX "Instance_workspaceId_foldedName_id_idx" ON "Instance"("workspaceId", "foldedName", "id");
