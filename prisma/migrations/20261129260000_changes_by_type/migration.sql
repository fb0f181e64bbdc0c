-- The list of changes of one kind of object, in its order.
-- CreateIndex
CREATE INDEX "AuditLog_workspaceId_objectType_at_id_idx" ON "AuditLog"("workspaceId", "objectType", "at" DESC, "id" DESC);
