-- AlterTable
ALTER TABLE "AuditLog" ADD COLUMN "address" TEXT,
ADD COLUMN "partOfId" UUID;

-- CreateIndex
CREATE INDEX "AuditLog_workspaceId_objectId_at_id_idx" ON "AuditLog"("workspaceId", "objectId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_workspaceId_partOfId_at_id_idx" ON "AuditLog"("workspaceId", "partOfId", "at" DESC, "id" DESC);
