-- AlterTable
ALTER TABLE "Connector" ADD COLUMN     "managedBy" JSONB;

-- AlterTable
ALTER TABLE "Endpoint" ADD COLUMN     "description" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "requestSchema" TEXT,
ADD COLUMN     "responseSchema" TEXT,
ADD COLUMN     "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "ConnectorSchema" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "schema" JSON NOT NULL,

    CONSTRAINT "ConnectorSchema_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ConnectorSchema_workspaceId_connectorId_name_key" ON "ConnectorSchema"("workspaceId", "connectorId", "name");

-- CreateIndex
CREATE INDEX "Endpoint_connectorId_requestSchema_idx" ON "Endpoint"("connectorId", "requestSchema");

-- CreateIndex
CREATE INDEX "Endpoint_connectorId_responseSchema_idx" ON "Endpoint"("connectorId", "responseSchema");

-- AddForeignKey
ALTER TABLE "Endpoint" ADD CONSTRAINT "Endpoint_workspaceId_connectorId_requestSchema_fkey" FOREIGN KEY ("workspaceId", "connectorId", "requestSchema") REFERENCES "ConnectorSchema"("workspaceId", "connectorId", "name") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Endpoint" ADD CONSTRAINT "Endpoint_workspaceId_connectorId_responseSchema_fkey" FOREIGN KEY ("workspaceId", "connectorId", "responseSchema") REFERENCES "ConnectorSchema"("workspaceId", "connectorId", "name") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ConnectorSchema" ADD CONSTRAINT "ConnectorSchema_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
